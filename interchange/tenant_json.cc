// The parser is nlohmann's; what it reads is taken as events, since a document no longer shows a
// key that was given twice, nor where a key stood. The parser does not tell where it is either, so
// it reads through an iterator that counts.
#include "interchange/tenant_json.h"

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "engine/model/limits.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"
#include "interchange/nearest_name.h"
#include "interchange/table_spec.h"

namespace seatwise {
namespace {

using Json = nlohmann::json;

constexpr absl::string_view kMode = "assignment_mode";
constexpr absl::string_view kNested = "nested_groups";
constexpr absl::string_view kLocation = "default_usage_location";
constexpr absl::string_view kRetention = "retention_days";
constexpr absl::string_view kKeys[] = {kMode, kNested, kLocation, kRetention};

// Reads bytes and counts them in a place that survives the parser's copies of it.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, size_t* count) : at_(at), count_(count) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  const char* at_;
  size_t* count_;
};

// A value of a key; monostate for what no key may have: null, a fraction, a list, an object.
using Value = std::variant<std::monostate, bool, int64_t, std::string>;

// Where something stands in the text.
struct Place {
  int64_t line = 1;
  int column = 1;
};

Place PlaceOf(absl::string_view text, size_t offset) {
  Place place;
  for (char c : text.substr(0, offset)) {
    place = c == '\n' ? Place{place.line + 1, 1} : Place{place.line, place.column + 1};
  }
  return place;
}

class SettingsReader final : public nlohmann::json_sax<Json> {
 public:
  SettingsReader(absl::string_view text, ErrorList& errors) : text_(text), errors_(errors) {}

  // Bytes read so far.
  size_t* position() { return &position_; }
  const TenantSettings& settings() const { return settings_; }

  bool null() override { return OnValue({}); }
  bool boolean(bool value) override { return OnValue(value); }
  bool number_integer(number_integer_t value) override { return OnValue(value); }
  bool number_unsigned(number_unsigned_t value) override {
    // Larger than any setting may be, and still so when it is clamped.
    return OnValue(static_cast<int64_t>(std::min<uint64_t>(value, kUnlimited)));
  }
  bool number_float(number_float_t, const string_t&) override { return OnValue({}); }
  bool string(string_t& value) override { return OnValue(std::move(value)); }
  bool binary(binary_t&) override { return OnValue({}); }

  bool start_object(std::size_t) override { return Open(true); }
  bool start_array(std::size_t) override { return Open(false); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(string_t& key) override {
    if (depth_ > 1) return true;
    key_ = std::move(key);
    key_place_ = PlaceOf(text_, KeyBegin());
    key_is_good_ = CheckKey();
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::detail::exception&) override {
    Fail(PlaceOf(text_, position == 0 ? 0 : position - 1),
         absl::StrCat("is not JSON; last read was ", Quoted(last_token)));
    return false;
  }

 private:
  // The key has just been read up to its closing quote. A quote in it has a backslash before it.
  size_t KeyBegin() const {
    size_t begin = position_ - 1;
    do {
      --begin;
    } while (begin > 0 && (text_[begin] != '"' || text_[begin - 1] == '\\'));
    return begin;
  }

  bool CheckKey() {
    const absl::string_view key = key_;
    if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) {
      Fail(key_place_, absl::StrCat("unknown key ", Quoted(key), Suggestion(key, kKeys)));
      return false;
    }
    if (seen_.insert(key_).second) return true;
    Fail(key_place_, absl::StrCat("key ", Quoted(key), " is there twice; remove one"));
    return false;
  }

  bool Open(bool is_object) {
    if (depth_ == 0 && !is_object) return NotAnObject();
    if (depth_ == 1) OnValue({});
    ++depth_;
    return true;
  }

  bool Close() {
    --depth_;
    return true;
  }

  bool NotAnObject() {
    Fail({}, "is not a JSON object; it should look like {\"nested_groups\": true}");
    return false;
  }

  bool OnValue(const Value& value) {
    if (depth_ == 0) return NotAnObject();
    if (depth_ > 1 || !key_is_good_) return true;
    if (key_ == kMode) {
      SetMode(value);
    } else if (key_ == kNested) {
      SetNested(value);
    } else if (key_ == kLocation) {
      SetLocation(value);
    } else {
      SetRetention(value);
    }
    return true;
  }

  void SetMode(const Value& value) {
    const std::string* const name = std::get_if<std::string>(&value);
    if (name != nullptr && *name == kModeNames[0]) {
      settings_.assignment_mode = AssignmentMode::kSkuIndependent;
    } else if (name != nullptr && *name == kModeNames[1]) {
      settings_.assignment_mode = AssignmentMode::kGroupAtomic;
    } else {
      FailValue(absl::StrCat("\"", kModeNames[0], "\" or \"", kModeNames[1], "\""));
    }
  }

  void SetNested(const Value& value) {
    if (const bool* const nested = std::get_if<bool>(&value)) {
      settings_.nested_groups = *nested;
    } else {
      FailValue("true or false");
    }
  }

  void SetLocation(const Value& value) {
    const std::string* const text = std::get_if<std::string>(&value);
    const std::optional<Location> location =
        text == nullptr ? std::nullopt : (text->empty() ? Location() : Location::Parse(*text));
    if (location) {
      settings_.default_usage_location = *location;
    } else {
      FailValue("two letters A-Z, or \"\" for none");
    }
  }

  void SetRetention(const Value& value) {
    const int64_t* const days = std::get_if<int64_t>(&value);
    if (days != nullptr && CheckRetentionDays(*days).empty()) {
      settings_.retention_days = static_cast<int32_t>(*days);
    } else {
      FailValue(absl::StrCat("a whole number from 0 to ", kMaxRetentionDays));
    }
  }

  void FailValue(absl::string_view wanted) {
    Fail(key_place_, absl::StrCat("'", key_, "' must be ", wanted));
  }

  void Fail(Place place, std::string reason) {
    errors_.Add({.file = std::string(kTenantFile),
                 .line = place.line,
                 .column = place.column,
                 .reason = std::move(reason)});
  }

  absl::string_view text_;
  ErrorList& errors_;
  size_t position_ = 0;
  TenantSettings settings_;
  int depth_ = 0;  // Objects and lists that are open.
  std::string key_;
  Place key_place_;
  bool key_is_good_ = false;
  std::set<std::string> seen_;
};

}  // namespace

TenantSettings ParseTenantJson(absl::string_view json, ErrorList& errors) {
  SettingsReader reader(json, errors);
  const CountingIterator begin(json.data(), reader.position());
  const CountingIterator end(json.data() + json.size(), reader.position());
  Json::sax_parse(begin, end, &reader);
  return reader.settings();
}

std::string FormatTenantJson(const TenantSettings& settings) {
  return absl::StrCat("{\n  \"", kMode, "\": \"",
                      kModeNames[static_cast<size_t>(settings.assignment_mode)], "\",\n  \"",
                      kNested, "\": ", kBoolNames[settings.nested_groups ? 1 : 0], ",\n  \"",
                      kLocation, "\": \"", settings.default_usage_location.ToString(), "\",\n  \"",
                      kRetention, "\": ", settings.retention_days, "\n}\n");
}

}  // namespace seatwise
