// Each thread numbers the keys of its range of users by itself; then the numberings are merged in
// the order of the ranges, which gives every key the number of its first user.
#include "engine/batch/classes.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/batch/class_keys.h"
#include "engine/batch/key_table.h"
#include "engine/batch/merged_keys.h"

namespace seatwise {
namespace {

// Numbers the keys of users `begin` to `end` - 1, some at a time: the table is larger than the
// caches, and what one user waits for is fetched while others are worked on.
void InternKeys(ClassKeys& keys, UserNo begin, UserNo end, KeyTable& table, Classes& classes) {
  constexpr size_t kBlock = 64;
  for (UserNo first = begin; first < end; first += kBlock) {
    const size_t count = std::min<size_t>(kBlock, end - first);
    keys.Make(first, first + static_cast<UserNo>(count));
    for (size_t i = 0; i < count; ++i) table.Fetch(keys.hash(i));
    for (size_t i = 0; i < count; ++i) table.Touch(keys.hash(i));
    for (size_t i = 0; i < count; ++i) {
      classes.class_of[first + i] = table.Intern(keys[i], keys.hash(i));
    }
  }
}

size_t CountClaims(const ShapeTable& shapes, const ClassKeyParts& key) {
  size_t claims = key.direct.size();
  for (GroupNo group : key.groups) claims += shapes.GroupEnd(group) - shapes.GroupBegin(group);
  return claims;
}

// Writes the claims that the key describes.
void WriteClaims(const ShapeTable& shapes, const ClassKeyParts& key, ShapeNo* claims) {
  for (GroupNo group : key.groups) {
    for (ShapeNo shape = shapes.GroupBegin(group); shape < shapes.GroupEnd(group); ++shape) {
      *claims++ = shape;
    }
  }
  std::copy(key.direct.begin(), key.direct.end(), claims);
}

// Fills in all that is by class.
void AddClasses(const ShapeTable& shapes, const MergedKeys& keys, Classes& classes,
                Executor& executor) {
  classes.population.resize(keys.size());
  classes.traits.resize(keys.size());
  classes.first_claim.resize(keys.size() + 1);
  ParallelShards(executor, keys.size(), [&](Shard shard) {
    for (size_t number = shard.begin; number < shard.end; ++number) {
      const ClassKeyParts key(keys[static_cast<ClassNo>(number)]);
      classes.population[number] = keys.times(static_cast<ClassNo>(number));
      classes.traits[number] = key.traits;
      classes.first_claim[number + 1] = CountClaims(shapes, key);
    }
  });
  std::partial_sum(classes.first_claim.begin(), classes.first_claim.end(),
                   classes.first_claim.begin());
  classes.claims.resize(classes.first_claim.back());
  ParallelShards(executor, keys.size(), [&](Shard shard) {
    for (size_t number = shard.begin; number < shard.end; ++number) {
      WriteClaims(shapes, ClassKeyParts(keys[static_cast<ClassNo>(number)]),
                  classes.claims.data() + classes.first_claim[number]);
    }
  });
}

}  // namespace

Classes BuildClasses(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting,
                     Executor& executor) {
  const size_t users = shapes.columns().users.size();
  Classes classes;
  classes.class_of.resize(users);
  std::vector<KeyTable> tables(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, users, [&](Shard shard) {
    ClassKeys keys(shapes, traits, nesting);
    KeyTable table;  // Its own until it is done: beside others it would share a line.
    InternKeys(keys, static_cast<UserNo>(shard.begin), static_cast<UserNo>(shard.end), table,
               classes);
    tables[static_cast<size_t>(shard.index)] = std::move(table);
  });

  const MergedKeys all(std::move(tables), executor);
  ParallelShards(executor, users, [&](Shard shard) {
    if (shard.index == 0) return;  // The numbers of the first range stay as they are.
    const absl::Span<const uint32_t> numbers = all.NumbersOf(static_cast<size_t>(shard.index));
    for (size_t user = shard.begin; user < shard.end; ++user) {
      classes.class_of[user] = numbers[classes.class_of[user]];
    }
  });

  AddClasses(shapes, all, classes, executor);
  return classes;
}

}  // namespace seatwise
