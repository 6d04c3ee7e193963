// SHA-256 (FIPS 180-4) and HMAC with it (RFC 2104): digests that are stored or shown to others,
// and must be the same on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// Takes bytes in pieces. One thread.
class Sha256 {
 public:
  // Of all that was added: 32 bytes. Called once, last.
  std::string Finish();

  void Add(absl::string_view bytes);

 private:
  void AddBlock(const uint8_t* block);

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<uint8_t, 64> block_ = {};
  size_t filled_ = 0;    // Of block_.
  uint64_t length_ = 0;  // Bytes added.
};

// The digest of one text, 32 bytes. Any thread, as below.
std::string Sha256Of(absl::string_view bytes);

// Says that somebody who has the key made the text: 32 bytes. Compare with SameBytes.
std::string HmacSha256(absl::string_view key, absl::string_view bytes);

// Whether two texts are equal, in a time that does not depend on where they differ.
bool SameBytes(absl::string_view a, absl::string_view b);

}  // namespace seatwise
