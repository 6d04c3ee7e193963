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

#include "engine/batch/key_table.h"

namespace seatwise {
namespace {

constexpr size_t kHeader = 2;  // Traits and the number of direct claims.

// Makes the keys of users. One thread.
class KeyMaker {
 public:
  KeyMaker(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting)
      : shapes_(shapes), columns_(shapes.columns()), traits_(traits), nesting_(nesting) {}

  // Valid until the next call.
  absl::Span<const uint32_t> Make(UserNo user) {
    key_.assign(kHeader, 0);
    const uint32_t first_direct = columns_.first_direct[user];
    const uint32_t end_direct = columns_.first_direct[user + 1];
    for (uint32_t row = first_direct; row < end_direct; ++row) {
      key_.push_back(shapes_.DirectShape(row));
    }
    key_[1] = end_direct - first_direct;
    AddLicensedGroups(user);
    if (key_.size() > kHeader) {  // Without claims, users are alike whatever their traits.
      key_[0] = traits_.Of(columns_.LocationOf(user), !columns_.ClashesOf(user).empty());
    }
    return key_;
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
  std::vector<uint32_t> key_;
};

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
    KeyTable& table = tables[static_cast<size_t>(shard.index)];
    for (size_t user = shard.begin; user < shard.end; ++user) {
      classes.class_of[user] = table.Intern(maker.Make(static_cast<UserNo>(user)));
    }
  });

  KeyTable all;
  std::vector<std::vector<ClassNo>> merged(tables.size());
  for (size_t i = 0; i < tables.size(); ++i) {
    for (uint32_t number = 0; number < tables[i].size(); ++number) {
      merged[i].push_back(all.Intern(tables[i][number]));
    }
  }
  ParallelShards(executor, users, [&](Shard shard) {
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
