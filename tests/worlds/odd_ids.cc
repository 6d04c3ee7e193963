#include "tests/worlds/odd_ids.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace seatwise::worlds {
namespace {

std::vector<std::string> OddIds() {
  const std::string longest(127, 'x');
  return {
      "a",
      "A",
      "b",
      "B",
      "Z",
      "z",
      "_",
      "~",
      " ",
      "a b",
      "a,b",
      "a\"b",
      "a\tb",
      "\x01",
      "\x7f",
      // Numbers: not by value.
      "9",
      "10",
      "010",
      "1e1",
      "-1",
      // One is the beginning of another; eight bytes alike.
      "prefix00",
      "prefix00a",
      "prefix00b",
      "prefix001",
      "prefix0",
      // The longest there are, alike but for the last byte.
      longest + "1",
      longest + "2",
      longest,
      // Beyond ASCII: bytes above 0x7f are larger, not negative; U+FFEE sorts before U+1F600 in
      // UTF-8, after it in UTF-16; composed and decomposed are different ids.
      "\xc3\xa9",
      "e\xcc\x81",
      "\xc3\x9f",
      "ss",
      "\xc4\xb0",
      "i",
      "\xef\xbf\xae",
      "\xf0\x9f\x98\x80",
      "\xef\xbc\xa1",
      "\xd0\xb6",
      // Words of files.
      "user",
      "group",
      "true",
      "0",
      "in",
      "sku",
  };
}

}  // namespace

IdMaker::IdMaker(char prefix, int odd, Dice& dice)
    : prefix_(prefix),
      odd_percent_(odd),
      dice_(dice),
      number_(dice.Between(0, 11)),
      odd_(OddIds()) {
  dice_.Shuffle(odd_);
}

std::string IdMaker::Next() {
  if (odd_.empty() || !dice_.Chance(odd_percent_)) {
    return absl::StrCat(std::string(1, prefix_), number_++);
  }
  std::string id = std::move(odd_.back());
  odd_.pop_back();
  return id;
}

}  // namespace seatwise::worlds
