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
#include <bit>
#include <numeric>
#include <utility>

#include "engine/batch/key_table.h"
#include "engine/batch/merged_keys.h"
#include "engine/model/location.h"

namespace seatwise {
namespace {

constexpr size_t kHeader = 2;  // Traits and the number of direct claims.

// Makes the keys of users, some at a time. One thread.
class KeyMaker {
 public:
  KeyMaker(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting)
      : shapes_(shapes),
        columns_(shapes.columns()),
        traits_(traits),
        nesting_(nesting),
        traits_at_(1 << (2 * kLetterBits), kUnknown) {}

  // Makes the keys of users `begin` to `end` - 1, instead of those before. Users come ascending.
  void Make(UserNo begin, UserNo end) {
    used_ = 0;
    ends_.clear();
    FindCarrying(begin, end);
    for (UserNo user = begin; user < end; ++user) {
      MakeOne(user);
      ends_.push_back(used_);
    }
  }
  // The key of user `begin` + number. Valid until the next Make.
  absl::Span<const uint32_t> operator[](size_t number) const {
    const size_t begin = number == 0 ? 0 : ends_[number - 1];
    return {words_.data() + begin, ends_[number] - begin};
  }

 private:
  static constexpr Traits kUnknown = 0xffffffff;  // Nobody's.
  static constexpr unsigned kLetterBits = 5;

  // In traits_at_. What letters differ in are their last bits, 1 to 26; no location has 0 twice.
  static size_t PlaceOf(Location location) {
    constexpr unsigned kLetter = (1u << kLetterBits) - 1;
    const unsigned letters = std::bit_cast<uint16_t>(location);
    return (letters >> 8 & kLetter) << kLetterBits | (letters & kLetter);
  }

  // Finds the memberships that count. Most do not, in no order: collected without a branch, they
  // cost no wrong guess each.
  void FindCarrying(UserNo begin, UserNo end) {
    const uint32_t first = columns_.first_membership[begin];
    const uint32_t last = columns_.first_membership[end];
    if (carrying_.size() < last - first + 1) carrying_.resize(last - first + 1);
    size_t count = 0;
    for (uint32_t row = first; row < last; ++row) {
      carrying_[count] = row;
      count += nesting_.Carries(columns_.membership_group[row]) ? 1 : 0;
    }
    carrying_[count] = last;  // No user's.
    next_ = carrying_.data();
  }

  void MakeOne(UserNo user) {
    const size_t begin = used_;
    const uint32_t first_direct = columns_.first_direct[user];
    const uint32_t direct = columns_.first_direct[user + 1] - first_direct;
    MakeRoom(kHeader + direct);
    uint32_t* word = words_.data() + begin;
    *word++ = 0;
    *word++ = direct;
    for (uint32_t row = 0; row < direct; ++row) *word++ = shapes_.DirectShape(first_direct + row);
    used_ += kHeader + direct;
    AddLicensedGroups(columns_.first_membership[user + 1]);
    if (used_ > begin + kHeader) {  // Without claims, users are alike whatever their traits.
      words_[begin] = TraitsOf(user);
    }
  }

  // Of the carrying memberships before row `end`.
  void AddLicensedGroups(uint32_t end) {
    const size_t begin = used_;
    uint32_t least = 0;  // For the next to ascend.
    bool ascending = true;
    for (; *next_ < end; ++next_) {
      const absl::Span<const Carrier> carriers = nesting_.Of(columns_.membership_group[*next_]);
      MakeRoom(carriers.size());
      uint32_t* word = words_.data() + used_;
      for (const Carrier& carrier : carriers) {
        ascending = ascending && least <= carrier.licensed;
        least = carrier.licensed + 1;
        *word++ = carrier.licensed;
      }
      used_ += carriers.size();
    }
    if (ascending) return;
    uint32_t* const first = words_.data() + begin;
    std::sort(first, words_.data() + used_);
    used_ = static_cast<size_t>(std::unique(first, words_.data() + used_) - words_.data());
  }

  // Room for `words` behind those that are used.
  void MakeRoom(size_t words) {
    if (words_.size() - used_ < words) words_.resize(2 * (used_ + words));
  }

  Traits TraitsOf(UserNo user) {
    const Location location = columns_.LocationOf(user);
    Traits& traits = traits_at_[PlaceOf(location)];
    if (traits == kUnknown) traits = traits_.Of(location, false);
    return HasClash(user) ? traits_.Of(location, true) : traits;
  }

  bool HasClash(UserNo user) {
    while (clash_ < columns_.clashes.size() && columns_.clashes[clash_].user < user) ++clash_;
    return clash_ < columns_.clashes.size() && columns_.clashes[clash_].user == user;
  }

  const ShapeTable& shapes_;
  const Columns& columns_;
  const TraitTable& traits_;
  const Nesting& nesting_;
  std::vector<uint32_t> words_;     // The keys, end to end, and room for more.
  size_t used_ = 0;                 // Of words_.
  std::vector<size_t> ends_;        // By key.
  std::vector<Traits> traits_at_;   // By location: of users without clashing addresses, if known.
  std::vector<uint32_t> carrying_;  // Rows of memberships in groups with carriers; a last one.
  const uint32_t* next_ = nullptr;  // In carrying_: what is not in a key yet.
  size_t clash_ = 0;  // The first row of Columns::clashes that may be of a user to come.
};

// Numbers the keys of users `begin` to `end` - 1, some at a time: the table is larger than the
// caches, and what one user waits for is fetched while others are worked on.
void InternKeys(KeyMaker& maker, UserNo begin, UserNo end, KeyTable& table, Classes& classes) {
  constexpr size_t kBlock = 32;
  uint32_t hashes[kBlock];
  for (UserNo first = begin; first < end; first += kBlock) {
    const size_t count = std::min<size_t>(kBlock, end - first);
    maker.Make(first, first + static_cast<UserNo>(count));
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = KeyTable::HashOf(maker[i]);
      table.Fetch(hashes[i]);
    }
    for (size_t i = 0; i < count; ++i) table.Touch(hashes[i]);
    for (size_t i = 0; i < count; ++i) {
      classes.class_of[first + i] = table.Intern(maker[i], hashes[i], 1);
    }
  }
}

// What a key says.
struct KeyParts {
  Traits traits = 0;
  absl::Span<const ShapeNo> direct;
  absl::Span<const GroupNo> groups;

  explicit KeyParts(absl::Span<const uint32_t> key)
      : traits(key[0]),
        direct(key.subspan(kHeader, key[1])),
        groups(key.subspan(kHeader + key[1])) {}
};

size_t CountClaims(const ShapeTable& shapes, const KeyParts& key) {
  size_t claims = key.direct.size();
  for (GroupNo group : key.groups) claims += shapes.GroupEnd(group) - shapes.GroupBegin(group);
  return claims;
}

// Writes the claims that the key describes.
void WriteClaims(const ShapeTable& shapes, const KeyParts& key, ShapeNo* claims) {
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
      const KeyParts key(keys[static_cast<ClassNo>(number)]);
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
      WriteClaims(shapes, KeyParts(keys[static_cast<ClassNo>(number)]),
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
    KeyMaker maker(shapes, traits, nesting);
    KeyTable table;  // Its own until it is done: beside others it would share a line.
    InternKeys(maker, static_cast<UserNo>(shard.begin), static_cast<UserNo>(shard.end), table,
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
