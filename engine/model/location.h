// A usage location: an ISO 3166-1 alpha-2 code, or none.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// Two letters A-Z in two bytes; the default value is "no location". Ordered like the text.
class Location {
 public:
  Location() = default;

  // Two letters A-Z; nullopt for anything else, the empty text included.
  static std::optional<Location> Parse(absl::string_view text) {
    if (text.size() != 2 || !IsLetter(text[0]) || !IsLetter(text[1])) return std::nullopt;
    return Location(static_cast<uint16_t>(text[0] << 8 | text[1]));
  }

  bool empty() const { return code_ == 0; }

  // "" for no location.
  std::string ToString() const {
    if (empty()) return "";
    return {static_cast<char>(code_ >> 8), static_cast<char>(code_ & 0xff)};
  }

  friend bool operator==(Location, Location) = default;
  friend auto operator<=>(Location, Location) = default;

  template <typename H>
  friend H AbslHashValue(H state, Location location) {
    return H::combine(std::move(state), location.code_);
  }

  friend std::ostream& operator<<(std::ostream& out, Location location) {
    return out << location.ToString();
  }

 private:
  explicit Location(uint16_t code) : code_(code) {}
  static bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

  uint16_t code_ = 0;
};

}  // namespace seatwise
