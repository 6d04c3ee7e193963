// What the engine knows of one user, in one block of memory: a tenant has millions of these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/ref.h"
#include "engine/model/account_flags.h"
#include "engine/model/location.h"

namespace seatwise {

// A direct assignment and the claim it makes (C2).
struct DirectAssignment {
  LiveAssignment assignment;
  Ref<ClaimShape> shape;  // Shared by all users with the same SKU and plans.
};

// The direct assignments of a user, ascending by SKU number; at least one. Immutable.
struct DirectList : RefCounted {
  std::vector<DirectAssignment> list;
};

// The contents of a record, which lie elsewhere.
struct UserView {
  absl::string_view id;
  Location usage_location;  // As stored: the default is not filled in.
  Time created_at;
  bool address_clash = false;  // Some address belongs to somebody else (K3).
  AccountFlags account;
  // The groups that the user is directly in, ascending by number, and when it was added to each.
  absl::Span<const uint32_t> groups;
  absl::Span<const Time> added_at;
  // Proxy addresses in ASCII lower case, ascending and different: end to end, with the end of each.
  absl::string_view address_text;
  absl::Span<const uint32_t> address_ends;
  Ref<DirectList> direct;  // Nothing if there are no direct assignments.
};

// Immutable. Its memory is the record and, right behind it, the arrays.
class UserRecord : public RefCounted {
 public:
  static Ref<UserRecord> Make(const UserView& user);
  // For Ref.
  static void Destroy(const UserRecord* record);

  absl::string_view id() const { return {Id(), id_size_}; }
  Location usage_location() const { return usage_location_; }
  Time created_at() const { return created_at_; }
  bool address_clash() const { return address_clash_; }
  AccountFlags account() const { return account_; }
  absl::Span<const uint32_t> groups() const { return {Groups(), group_count_}; }
  absl::Span<const Time> added_at() const { return {Times(), group_count_}; }
  size_t addresses() const { return address_count_; }
  absl::string_view address(size_t i) const;
  absl::Span<const DirectAssignment> direct() const {
    return direct_ ? absl::MakeConstSpan(direct_->list) : absl::Span<const DirectAssignment>();
  }
  // All of it: change a part and make another record of it. Valid as long as the record.
  UserView View() const;
  // Of the block, not of what it shares.
  size_t bytes() const;

 private:
  UserRecord() = default;

  const char* Id() const { return reinterpret_cast<const char*>(this + 1); }
  const Time* Times() const { return reinterpret_cast<const Time*>(Id() + IdRoom(id_size_)); }
  const uint32_t* Groups() const {
    return reinterpret_cast<const uint32_t*>(Times() + group_count_);
  }
  const uint32_t* Ends() const { return Groups() + group_count_; }
  const char* Addresses() const { return reinterpret_cast<const char*>(Ends() + address_count_); }
  // Bytes of an id, so that times behind it are aligned.
  static size_t IdRoom(size_t size) {
    return (size + alignof(Time) - 1) / alignof(Time) * alignof(Time);
  }

  Location usage_location_;
  bool address_clash_ = false;
  AccountFlags account_;
  uint32_t group_count_ = 0;
  uint32_t address_count_ = 0;
  uint32_t address_bytes_ = 0;
  uint32_t id_size_ = 0;
  Time created_at_;
  Ref<DirectList> direct_;
};

}  // namespace seatwise
