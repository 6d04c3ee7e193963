// A class has a key of words: its traits, the number of direct claims, their shapes, and the
// licensed groups. Each thread numbers the keys of its range of users by itself; then the
// numberings are merged in the order of the ranges, which gives every key the number of its first
// user.
//
//   user   memberships        carriers            key
//   ana    emea, staff   ->   sales, staff   ->   [traits 2 | 0 | | sales staff]
//   bob    sales, staff  ->   sales, staff   ->   [traits 2 | 0 | | sales staff]      the same
//   class
#include "engine/batch/classes.h"

#include <algorithm>
#include <utility>

#include "engine/batch/key_table.h"

namespace seatwise {
namespace {

constexpr size_t kHeader = 2;  // Traits and the number of direct claims.

// Makes the keys of users. One thread.
class KeyMaker {
 public:
  KeyMaker(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting)
      : shapes_(shapes), columns_(shapes.columns()), traits_(traits), nesting_(nesting) {}

  // Forgets all keys.
  void Clear() {
    key_.clear();
    begins_.clear();
  }
  // Makes one more key.
  void Make(UserNo user) {
    const size_t begin = key_.size();
    begins_.push_back(begin);
    key_.resize(begin + kHeader, 0);
    const uint32_t first_direct = columns_.first_direct[user];
    const uint32_t end_direct = columns_.first_direct[user + 1];
    for (uint32_t row = first_direct; row < end_direct; ++row) {
      key_.push_back(shapes_.DirectShape(row));
    }
    key_[begin + 1] = end_direct - first_direct;
    AddLicensedGroups(user);
    if (key_.size() > begin + kHeader) {  // Without claims, users are alike whatever their traits.
      key_[begin] = traits_.Of(columns_.LocationOf(user), !columns_.ClashesOf(user).empty());
    }
  }
  // The key made by the call of Make with this number, from 0 up. Valid until the next Make.
  absl::Span<const uint32_t> operator[](size_t number) const {
    const size_t end = number + 1 < begins_.size() ? begins_[number + 1] : key_.size();
    return absl::MakeConstSpan(key_).subspan(begins_[number], end - begins_[number]);
  }

 private:
  void AddLicensedGroups(UserNo user) {
    const size_t begin = key_.size();
    bool ascending = true;
    for (GroupNo group : columns_.GroupsOf(user)) {
      for (const Carrier& carrier : nesting_.Of(group)) {
        ascending = ascending && (key_.size() == begin || key_.back() < carrier.licensed);
        key_.push_back(carrier.licensed);
      }
    }
    if (ascending) return;
    const auto first = key_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, key_.end());
    key_.erase(std::unique(first, key_.end()), key_.end());
  }

  const ShapeTable& shapes_;
  const Columns& columns_;
  const TraitTable& traits_;
  const Nesting& nesting_;
  std::vector<uint32_t> key_;   // The keys, end to end.
  std::vector<size_t> begins_;  // By key.
};

// Numbers the keys of users `begin` to `end` - 1, some at a time: the table is larger than the
// caches, and what one user waits for is fetched while others are worked on.
void InternKeys(KeyMaker& maker, UserNo begin, UserNo end, KeyTable& table, Classes& classes) {
  constexpr size_t kBlock = 32;
  uint64_t hashes[kBlock];
  for (UserNo first = begin; first < end; first += kBlock) {
    const size_t count = std::min<size_t>(kBlock, end - first);
    maker.Clear();
    for (size_t i = 0; i < count; ++i) maker.Make(first + static_cast<UserNo>(i));
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = KeyTable::HashOf(maker[i]);
      table.Fetch(hashes[i]);
    }
    for (size_t i = 0; i < count; ++i) table.Touch(hashes[i]);
    for (size_t i = 0; i < count; ++i) {
      classes.class_of[first + i] = table.Intern(maker[i], hashes[i]);
    }
  }
}

// Adds the keys of a part to all; their numbers there.
std::vector<ClassNo> Merge(const KeyTable& part, KeyTable& all) {
  constexpr uint32_t kAhead = 16;
  std::vector<ClassNo> numbers(part.size());
  std::vector<uint64_t> hashes(part.size());
  for (uint32_t i = 0; i < part.size(); ++i) hashes[i] = KeyTable::HashOf(part[i]);
  for (uint32_t i = 0; i < part.size(); ++i) {
    if (i + 2 * kAhead < part.size()) all.Fetch(hashes[i + 2 * kAhead]);
    if (i + kAhead < part.size()) all.Touch(hashes[i + kAhead]);
    numbers[i] = all.Intern(part[i], hashes[i]);
  }
  return numbers;
}

// Appends the class that `key` describes.
void AddClass(const ShapeTable& shapes, absl::Span<const uint32_t> key, Classes& classes) {
  classes.traits.push_back(key[0]);
  const absl::Span<const uint32_t> direct = key.subspan(kHeader, key[1]);
  for (GroupNo group : key.subspan(kHeader + key[1])) {
    for (ShapeNo shape = shapes.GroupBegin(group); shape < shapes.GroupEnd(group); ++shape) {
      classes.claims.push_back(shape);
    }
  }
  classes.claims.insert(classes.claims.end(), direct.begin(), direct.end());
  classes.first_claim.push_back(classes.claims.size());
}

}  // namespace

Classes BuildClasses(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting,
                     Executor& executor) {
  const size_t users = shapes.columns().users.size();
  Classes classes;
  classes.class_of.resize(users);
  std::vector<KeyTable> tables(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, users, [&](Shard shard) {
    KeyMaker maker(shapes, traits, nesting);
    InternKeys(maker, static_cast<UserNo>(shard.begin), static_cast<UserNo>(shard.end),
               tables[static_cast<size_t>(shard.index)], classes);
  });

  // The numbers of the first range stay as they are.
  KeyTable all = std::move(tables[0]);
  std::vector<std::vector<ClassNo>> merged(tables.size());
  for (size_t i = 1; i < tables.size(); ++i) merged[i] = Merge(tables[i], all);
  ParallelShards(executor, users, [&](Shard shard) {
    if (shard.index == 0) return;
    const std::vector<ClassNo>& numbers = merged[static_cast<size_t>(shard.index)];
    for (size_t user = shard.begin; user < shard.end; ++user) {
      classes.class_of[user] = numbers[classes.class_of[user]];
    }
  });

  classes.first_claim.push_back(0);
  for (ClassNo number = 0; number < all.size(); ++number) AddClass(shapes, all[number], classes);
  classes.population.assign(all.size(), 0);
  for (ClassNo number : classes.class_of) ++classes.population[number];
  return classes;
}

}  // namespace seatwise
