// The head of a key is the user's traits and the number of direct claims, its words are the shapes
// of these and the licensed groups.
//
//   user   memberships        carriers            key
//   ana    emea, staff   ->   sales, staff   ->   traits 2, no direct | sales staff
//   bob    sales, staff  ->   sales, staff   ->   traits 2, no direct | sales staff    the same
//
// Users have some memberships each, nobody can guess how many, so that whatever loops over those of
// one user ends with a wrong guess. Hence all users at hand go through each step together, and what
// is asked of one user is the difference of two sums: on preset L, users by themselves took 84 ms
// of processors, 36 of them in such loops.
#include "engine/batch/class_keys.h"

#include <algorithm>
#include <bit>

#include "engine/batch/sort_few.h"
#include "engine/model/location.h"

namespace seatwise {
namespace {

constexpr Traits kUnknown = 0xffffffff;  // Nobody's.
constexpr UserNo kNobody = 0xffffffff;
constexpr unsigned kLetterBits = 5;

// In ClassKeys::traits_at_. What letters differ in are their last bits, 1 to 26; no location has 0
// twice.
size_t PlaceOf(Location location) {
  constexpr unsigned kLetter = (1u << kLetterBits) - 1;
  const unsigned letters = std::bit_cast<uint16_t>(location);
  return (letters >> 8 & kLetter) << kLetterBits | (letters & kLetter);
}

template <typename T>
void MakeRoom(size_t size, std::vector<T>& items) {
  if (items.size() < size) items.resize(2 * size);
}

}  // namespace

ClassKeys::ClassKeys(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting)
    : shapes_(shapes),
      columns_(shapes.columns()),
      traits_(traits),
      nesting_(nesting),
      traits_at_(1 << (2 * kLetterBits), kUnknown) {}

void ClassKeys::Make(UserNo begin, UserNo end) {
  const uint32_t first_row = columns_.first_membership[begin];
  FindCarrying(first_row, columns_.first_membership[end]);
  FindLicensed();
  SumUp();
  used_ = 0;
  keys_.resize(end - begin);
  hashes_.resize(end - begin);
  const size_t direct = columns_.first_direct[end] - columns_.first_direct[begin];
  MakeRoom(direct + 2 * first_licensed_.back() + kMostToSort, words_);
  size_t first = 0;
  for (UserNo user = begin; user < end; ++user) {
    const uint32_t row_end = columns_.first_membership[user + 1] - first_row;
    const size_t last = first_licensed_[carrying_of_[row_end]];
    MakeOne(user, user - begin, first, last);
    first = last;
  }
}

// Most memberships do not count, in no order: collected without a branch, they cost no wrong guess
// each.
void ClassKeys::FindCarrying(uint32_t begin, uint32_t end) {
  MakeRoom(end - begin + 1, carrying_);
  MakeRoom(end - begin + 1, carrying_of_);
  uint32_t count = 0;
  for (uint32_t row = begin; row < end; ++row) {
    const GroupNo group = columns_.membership_group[row];
    carrying_of_[row - begin] = count;
    carrying_[count] = group;
    count += nesting_.Carries(group) ? 1 : 0;
  }
  carrying_of_[end - begin] = count;
  carrying_count_ = count;
}

// Most groups have one carrier, others mostly two: so many are written, whatever there is.
void ClassKeys::FindLicensed() {
  const size_t groups = carrying_count_;
  first_licensed_.resize(groups + 1);
  MakeRoom(2 * groups + kMostToSort, licensed_);
  size_t count = 0;
  for (size_t i = 0; i < groups; ++i) {
    const absl::Span<const GroupNo> licensed = nesting_.LicensedOf(carrying_[i]);
    first_licensed_[i] = count;
    licensed_[count] = licensed.data()[0];
    licensed_[count + 1] = licensed.data()[1];
    if (licensed.size() > 2) {
      MakeRoom(count + licensed.size() + 2 * (groups - i) + kMostToSort, licensed_);
      std::copy(licensed.begin() + 2, licensed.end(),
                licensed_.begin() + static_cast<std::ptrdiff_t>(count + 2));
    }
    count += licensed.size();
  }
  first_licensed_[groups] = count;
}

void ClassKeys::SumUp() {
  const size_t size = first_licensed_.back();
  MakeRoom(size + 1, sums_);
  MakeRoom(size + 1, falls_);
  uint64_t sum = 0;
  uint32_t falls = 0;
  GroupNo before = 0;
  for (size_t i = 0; i < size; ++i) {
    const GroupNo licensed = licensed_[i];
    sums_[i] = sum;
    sum += KeyTable::WorthOf(licensed);
    falls += licensed <= before ? 1 : 0;
    falls_[i] = falls;
    before = licensed;
  }
  sums_[size] = sum;
}

// `first` to `last` - 1 of licensed_ are the user's.
void ClassKeys::MakeOne(UserNo user, size_t number, size_t first, size_t last) {
  uint64_t sum = sums_[last] - sums_[first];
  absl::Span<const uint32_t> words(licensed_.data() + first, last - first);
  if (!words.empty() && falls_[first] != falls_[last - 1]) {
    words = Sort(words);
    if (words.size() < last - first) {
      sum = 0;
      for (uint32_t word : words) sum += KeyTable::WorthOf(word);
    }
  }
  const uint32_t direct = columns_.first_direct[user];
  const uint32_t direct_end = columns_.first_direct[user + 1];
  if (direct != direct_end) {
    const size_t begin = used_;
    for (uint32_t row = direct; row < direct_end; ++row) {
      words_[used_] = shapes_.DirectShape(row);
      sum += KeyTable::WorthOf(words_[used_++]);
    }
    std::copy(words.begin(), words.end(), words_.data() + used_);
    used_ += words.size();
    words = absl::MakeConstSpan(words_).subspan(begin, used_ - begin);
  }
  // Without claims, users are alike whatever their traits.
  const uint64_t head = words.empty() ? 0 : uint64_t{TraitsOf(user)} << 32 | (direct_end - direct);
  keys_[number] = {.head = head, .words = words};
  hashes_[number] = KeyTable::HashOf(head, sum);
}

// Of a part of licensed_: each once, ascending, in words_.
absl::Span<const GroupNo> ClassKeys::Sort(absl::Span<const GroupNo> licensed) {
  uint32_t* const begin = words_.data() + used_;
  size_t size = licensed.size();
  if (size <= kMostToSort) {
    size = SortFew(licensed.data(), size, begin);
  } else {
    std::copy(licensed.begin(), licensed.end(), begin);
    std::sort(begin, begin + size);
    size = static_cast<size_t>(std::unique(begin, begin + size) - begin);
  }
  used_ += size;
  return absl::MakeConstSpan(begin, size);
}

Traits ClassKeys::TraitsOf(UserNo user) {
  const Location location = columns_.LocationOf(user);
  Traits& traits = traits_at_[PlaceOf(location)];
  if (traits == kUnknown) traits = traits_.Of(location, false);
  if (user < clash_user_) return traits;
  return HasClash(user) ? traits_.Of(location, true) : traits;
}

bool ClassKeys::HasClash(UserNo user) {
  const std::vector<ClashRow>& clashes = columns_.clashes;
  while (clash_ < clashes.size() && clashes[clash_].user < user) ++clash_;
  clash_user_ = clash_ < clashes.size() ? clashes[clash_].user : kNobody;
  return user == clash_user_;
}

ClassKeyParts::ClassKeyParts(const Key& key)
    : traits(static_cast<Traits>(key.head >> 32)),
      direct(key.words.first(static_cast<uint32_t>(key.head))),
      groups(key.words.subspan(direct.size())) {}

}  // namespace seatwise
