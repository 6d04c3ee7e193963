#include "service/config_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace seatwise {
namespace {

using Json = nlohmann::json;

int LineAt(absl::string_view text, size_t offset) {
  const absl::string_view before = text.substr(0, offset);
  return static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
}

// The places of a key: its text with quotes and then a colon.
std::vector<size_t> PlacesOf(absl::string_view text, const std::string& key) {
  const std::string quoted = Json(key).dump();
  std::vector<size_t> places;
  for (size_t at = text.find(quoted); at != absl::string_view::npos;
       at = text.find(quoted, at + 1)) {
    const size_t next = text.find_first_not_of(" \t\r\n", at + quoted.size());
    if (next != absl::string_view::npos && text[next] == ':') places.push_back(at);
  }
  return places;
}

absl::Status Wrong(const std::string& path, int line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ":", line, ": ", what));
}

absl::StatusOr<std::vector<ConfigEntry>> Entries(const std::string& path, const std::string& text,
                                                 const Json& object) {
  if (!object.is_object()) return Wrong(path, 1, "it has to be one JSON object: { ... }");
  std::vector<ConfigEntry> entries;
  for (const auto& [key, value] : object.items()) {
    const std::vector<size_t> places = PlacesOf(text, key);
    const int line = places.empty() ? 1 : LineAt(text, places.front());
    if (places.size() > 1) {
      return Wrong(path, LineAt(text, places[1]),
                   absl::StrCat("key '", key, "' stands here again"));
    }
    if (!value.is_primitive() || value.is_null()) {
      return Wrong(path, line, absl::StrCat("'", key, "' has to be a text, a number or a boolean"));
    }
    entries.push_back({.key = key,
                       .value = value.is_string() ? value.get<std::string>() : value.dump(),
                       .line = line});
  }
  return entries;
}

}  // namespace

absl::StatusOr<std::vector<ConfigEntry>> ReadConfigFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)),
                         std::istreambuf_iterator<char>());
  if (stream.fail() || !stream.is_open()) {
    return absl::NotFoundError(absl::StrCat("cannot read the config file '", path, "'"));
  }
  try {
    return Entries(path, text, Json::parse(text));
  } catch (const Json::parse_error& error) {
    const size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    return Wrong(path, LineAt(text, offset), "it is no valid JSON here");
  }
}

}  // namespace seatwise
