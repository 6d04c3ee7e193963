// By what users are told apart: those with equal keys are alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/batch/key_table.h"
#include "engine/batch/nesting.h"
#include "engine/model/columns.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Makes the keys of users, some at a time; reused for its buffers. One thread.
class ClassKeys {
 public:
  // All that is given must outlive it.
  ClassKeys(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting);

  // Makes the keys of users `begin` to `end` - 1, instead of those before. Users come ascending.
  void Make(UserNo begin, UserNo end);

  // The key of user `begin` + number, and its hash. Valid until the next Make.
  const Key& operator[](size_t number) const { return keys_[number]; }
  uint32_t hash(size_t number) const { return hashes_[number]; }

 private:
  void FindCarrying(uint32_t begin, uint32_t end);
  void FindLicensed();
  void SumUp();
  void MakeOne(UserNo user, size_t number, size_t first, size_t last);
  absl::Span<const GroupNo> Sort(absl::Span<const GroupNo> licensed);
  Traits TraitsOf(UserNo user);
  bool HasClash(UserNo user);

  const ShapeTable& shapes_;
  const Columns& columns_;
  const TraitTable& traits_;
  const Nesting& nesting_;

  std::vector<Traits> traits_at_;  // By location: of users without clashing addresses, if known.
  size_t clash_ = 0;       // The first row of Columns::clashes that may be of a user to come.
  UserNo clash_user_ = 0;  // Nobody before this one has clashing addresses.

  // Of the users at hand, end to end.
  std::vector<GroupNo> carrying_;       // Groups with carriers that they are in.
  uint32_t carrying_count_ = 0;         // Of carrying_.
  std::vector<uint32_t> carrying_of_;   // By membership, and one past the end: how many before it.
  std::vector<GroupNo> licensed_;       // Licensed groups of all carriers.
  std::vector<size_t> first_licensed_;  // By place in carrying_, and one past the end.
  std::vector<uint64_t> sums_;          // What those before each of licensed_ are worth.
  std::vector<uint32_t> falls_;         // How many up to each do not ascend.
  std::vector<uint32_t> words_;         // Of keys that are not a part of licensed_.
  size_t used_ = 0;                     // Of words_.
  std::vector<Key> keys_;
  std::vector<uint32_t> hashes_;
};

// What a key says.
struct ClassKeyParts {
  Traits traits = 0;
  absl::Span<const ShapeNo> direct;
  absl::Span<const GroupNo> groups;  // Licensed ones, ascending.

  explicit ClassKeyParts(const Key& key);
};

}  // namespace seatwise
