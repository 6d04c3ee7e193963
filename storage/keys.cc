#include "storage/keys.h"

#include <cstddef>

namespace seatwise {
namespace {

template <typename Number>
void AppendNumber(Number value, std::string& key) {
  for (int shift = 8 * (static_cast<int>(sizeof(value)) - 1); shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(value >> shift & 0xff));
  }
}

template <typename Number>
Number NumberAt(absl::string_view bytes) {
  Number value = 0;
  for (size_t i = 0; i < sizeof(value); ++i) {
    value = static_cast<Number>(value << 8 | static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

template <typename Number>
std::optional<Number> TakeNumber(absl::string_view& rest) {
  if (rest.size() < sizeof(Number)) return std::nullopt;
  const Number value = NumberAt<Number>(rest);
  rest.remove_prefix(sizeof(Number));
  return value;
}

}  // namespace

KeyWriter::KeyWriter(Table table) {
  key_.reserve(48);
  Byte(static_cast<uint8_t>(table));
}

KeyWriter& KeyWriter::Byte(uint8_t value) {
  key_.push_back(static_cast<char>(value));
  return *this;
}

KeyWriter& KeyWriter::Number32(uint32_t value) {
  AppendNumber(value, key_);
  return *this;
}

KeyWriter& KeyWriter::Number64(uint64_t value) {
  AppendNumber(value, key_);
  return *this;
}

KeyWriter& KeyWriter::Id(absl::string_view id) {
  for (const char c : id) {
    key_.push_back(c);
    if (c == '\0') key_.push_back('\xff');
  }
  key_.append(2, '\0');
  return *this;
}

KeyReader::KeyReader(absl::string_view key) : rest_(key.empty() ? key : key.substr(1)) {}

std::optional<uint8_t> KeyReader::Byte() { return TakeNumber<uint8_t>(rest_); }

std::optional<uint32_t> KeyReader::Number32() { return TakeNumber<uint32_t>(rest_); }

std::optional<uint64_t> KeyReader::Number64() { return TakeNumber<uint64_t>(rest_); }

std::optional<std::string> KeyReader::Id() {
  std::string id;
  for (size_t nul = rest_.find('\0'); nul != absl::string_view::npos; nul = rest_.find('\0')) {
    if (nul + 1 == rest_.size()) return std::nullopt;
    id.append(rest_.data(), nul);
    const char after = rest_[nul + 1];
    rest_.remove_prefix(nul + 2);
    if (after == '\0') return id;
    if (after != '\xff') return std::nullopt;
    id.push_back('\0');
  }
  return std::nullopt;
}

std::optional<absl::string_view> KeyReader::IdView(std::string& escaped) {
  const size_t nul = rest_.find('\0');
  if (nul < rest_.size() - 1 && rest_[nul + 1] == '\0') {
    const absl::string_view id = rest_.substr(0, nul);
    rest_.remove_prefix(nul + 2);
    return id;
  }
  std::optional<std::string> id = Id();
  if (!id) return std::nullopt;
  escaped = *std::move(id);
  return absl::string_view(escaped);
}

std::optional<Table> TableOf(absl::string_view key) {
  if (key.empty()) return std::nullopt;
  return static_cast<Table>(key[0]);
}

std::string EndOfPrefix(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

uint64_t Fingerprint(absl::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace seatwise
