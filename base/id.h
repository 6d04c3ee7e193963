// Strong ids: opaque byte strings that cannot be mixed up across kinds of things.
//
//   using UserId = Id<struct UserTag>;
//
// Compared and ordered by their bytes (semantics section 1). An Id holds any string; what a legal
// spelling is, is the business of engine/model/spelling.h. Value type; any thread.
#pragma once

#include <ostream>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace seatwise {

template <typename Tag>
class Id {
 public:
  // The empty id, which names nothing.
  Id() = default;
  explicit Id(absl::string_view value) : value_(value) {}
  explicit Id(std::string&& value) : value_(std::move(value)) {}
  explicit Id(const char* value) : value_(value) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  // std::string compares as memcmp does: by unsigned bytes.
  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const Id& id) {
    return H::combine(std::move(state), id.value_);
  }

  friend std::ostream& operator<<(std::ostream& out, const Id& id) { return out << id.value_; }

 private:
  std::string value_;
};

}  // namespace seatwise
