#include "cli/field_value.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/time.h"
#include "cli/text.h"
#include "interchange/cell.h"

namespace seatwise::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

constexpr int64_t kMicros = 1'000'000;
constexpr absl::string_view kUnlimitedWord = "unlimited";

absl::Status Wrong(absl::string_view typed, absl::string_view wanted) {
  return absl::InvalidArgumentError(absl::StrCat("'", Printable(typed), "' is not ", wanted));
}

// A message with one field of ten-thousandths.
bool IsPrice(const FieldDescriptor& field) {
  return field.message_type() != nullptr && field.message_type()->name() == "UnitPrice";
}

// The field of the same oneof that says "no limit"; null for all other fields.
const FieldDescriptor* UnlimitedOf(const FieldDescriptor& field) {
  const google::protobuf::OneofDescriptor* oneof = field.containing_oneof();
  if (oneof == nullptr || oneof->name() != "overage") return nullptr;
  return field.containing_type()->FindFieldByName("unlimited_overage");
}

RecordValue TimeText(const Message& time) {
  const Reflection& reflection = *time.GetReflection();
  const int64_t seconds =
      reflection.GetInt64(time, time.GetDescriptor()->FindFieldByName("seconds"));
  const int64_t nanos = reflection.GetInt32(time, time.GetDescriptor()->FindFieldByName("nanos"));
  const Time at{seconds * kMicros + nanos / 1000};
  return at < kMinTime || at > kMaxTime ? RecordValue() : RecordValue(FormatTime(at));
}

RecordValue AttributeTexts(const Message& message, const FieldDescriptor& field) {
  std::vector<std::string> texts;
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    const Reflection& of_entry = *entry.GetReflection();
    texts.push_back(absl::StrCat(of_entry.GetString(entry, field.message_type()->map_key()), "=",
                                 of_entry.GetString(entry, field.message_type()->map_value())));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

RecordValue ListTexts(const Message& message, const FieldDescriptor& field) {
  if (field.is_map()) return AttributeTexts(message, field);
  std::vector<std::string> texts;
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    texts.push_back(reflection.GetRepeatedString(message, &field, i));
  }
  return texts;
}

RecordValue MessageText(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.HasField(message, &field)) return {};
  const Message& inner = reflection.GetMessage(message, &field);
  if (IsTime(field)) return TimeText(inner);
  if (!IsPrice(field)) return {};
  return FormatUnitPrice({inner.GetReflection()->GetInt64(
      inner, inner.GetDescriptor()->FindFieldByName("ten_thousandths"))});
}

absl::Status SetTime(Message& time, const std::string& typed) {
  const std::optional<Time> parsed = ParseTime(typed);
  if (!parsed.has_value()) return Wrong(typed, "a time like 2026-11-26T08:00:00Z");
  int64_t seconds = parsed->micros / kMicros;
  int64_t micros = parsed->micros % kMicros;
  if (micros < 0) {
    micros += kMicros;
    --seconds;
  }
  const Reflection& reflection = *time.GetReflection();
  reflection.SetInt64(&time, time.GetDescriptor()->FindFieldByName("seconds"), seconds);
  reflection.SetInt32(&time, time.GetDescriptor()->FindFieldByName("nanos"),
                      static_cast<int32_t>(micros * 1000));
  return absl::OkStatus();
}

absl::Status SetMessage(Message& message, const FieldDescriptor& field, const std::string& typed) {
  if (typed.empty()) return absl::OkStatus();
  Message& inner = *message.GetReflection()->MutableMessage(&message, &field);
  if (IsTime(field)) return SetTime(inner, typed);
  const std::optional<UnitPrice> price = ParseUnitPrice(typed);
  if (!price.has_value()) return Wrong(typed, "a price like 12.50");
  inner.GetReflection()->SetInt64(&inner, inner.GetDescriptor()->FindFieldByName("ten_thousandths"),
                                  price->ten_thousandths);
  return absl::OkStatus();
}

absl::Status SetAttributes(Message& message, const FieldDescriptor& field,
                           const std::vector<std::string>& typed) {
  for (const std::string& text : typed) {
    if (text.empty()) continue;
    const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    if (parts.size() != 2 || parts[0].empty()) return Wrong(text, "of the form key=value");
    Message& entry = *message.GetReflection()->AddMessage(&message, &field);
    const Reflection& reflection = *entry.GetReflection();
    reflection.SetString(&entry, field.message_type()->map_key(), parts[0]);
    reflection.SetString(&entry, field.message_type()->map_value(), parts[1]);
  }
  return absl::OkStatus();
}

absl::Status SetList(Message& message, const FieldDescriptor& field,
                     const std::vector<std::string>& typed) {
  if (field.is_map()) return SetAttributes(message, field, typed);
  for (const std::string& text : typed) {
    if (!text.empty()) message.GetReflection()->AddString(&message, &field, text);
  }
  return absl::OkStatus();
}

absl::Status SetNumber(Message& message, const FieldDescriptor& field, const std::string& typed) {
  const Reflection& reflection = *message.GetReflection();
  if (const FieldDescriptor* unlimited = UnlimitedOf(field);
      unlimited != nullptr && typed == kUnlimitedWord) {
    reflection.SetBool(&message, unlimited, true);
    return absl::OkStatus();
  }
  // Gone, where there may be none.
  if (typed.empty() && field.has_presence()) return absl::OkStatus();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    int32_t number = 0;
    if (!absl::SimpleAtoi(typed, &number)) return Wrong(typed, "a whole number of 32 bits");
    reflection.SetInt32(&message, &field, number);
    return absl::OkStatus();
  }
  int64_t number = 0;
  if (!absl::SimpleAtoi(typed, &number)) return Wrong(typed, "a whole number");
  reflection.SetInt64(&message, &field, number);
  return absl::OkStatus();
}

absl::Status SetEnum(Message& message, const FieldDescriptor& field, const std::string& typed) {
  const int number = ParseEnumWord(*field.enum_type(), typed);
  if (number < 0) return Wrong(typed, absl::StrCat("one of ", EnumWords(*field.enum_type())));
  message.GetReflection()->SetEnumValue(&message, &field, number);
  return absl::OkStatus();
}

absl::Status SetBool(Message& message, const FieldDescriptor& field, const std::string& typed) {
  if (typed != "true" && typed != "false") return Wrong(typed, "true or false");
  message.GetReflection()->SetBool(&message, &field, typed == "true");
  return absl::OkStatus();
}

}  // namespace

bool IsTime(const FieldDescriptor& field) {
  return field.message_type() != nullptr &&
         field.message_type()->full_name() == Timestamp::descriptor()->full_name();
}

std::string EnumWord(absl::string_view name) {
  std::string word;
  bool upper = true;
  for (const char c : name) {
    if (c != '_') {
      word.push_back(upper ? absl::ascii_toupper(static_cast<unsigned char>(c))
                           : absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
    upper = c == '_';
  }
  return word;
}

std::string EnumWordOf(const EnumDescriptor& type, int number) {
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  return value == nullptr || number == 0 ? "" : EnumWord(value->name());
}

int ParseEnumWord(const EnumDescriptor& type, absl::string_view word) {
  for (int i = 0; i < type.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *type.value(i);
    if (value.number() == 0) continue;
    if (absl::EqualsIgnoreCase(EnumWord(value.name()), word) ||
        absl::EqualsIgnoreCase(value.name(), word)) {
      return value.number();
    }
  }
  return -1;
}

std::string EnumWords(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) words.push_back(EnumWord(type.value(i)->name()));
  }
  return Enumerated(words);
}

RecordValue ValueOf(const Message& message, const FieldDescriptor& field) {
  if (field.is_repeated()) return ListTexts(message, field);
  const Reflection& reflection = *message.GetReflection();
  if (const FieldDescriptor* unlimited = UnlimitedOf(field);
      unlimited != nullptr && reflection.GetBool(message, unlimited)) {
    return std::string(kUnlimitedWord);
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(message, field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_INT32:
      return int64_t{reflection.GetInt32(message, &field)};
    case FieldDescriptor::CPPTYPE_INT64:
      return int64_t{reflection.GetInt64(message, &field)};
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumWordOf(*field.enum_type(), reflection.GetEnumValue(message, &field));
    default:
      return reflection.GetString(message, &field);
  }
}

absl::Status SetValue(Message& message, const FieldDescriptor& field,
                      const std::vector<std::string>& typed) {
  message.GetReflection()->ClearField(&message, &field);
  if (field.is_repeated()) return SetList(message, field, typed);
  const std::string& text = typed.back();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetMessage(message, field, text);
    case FieldDescriptor::CPPTYPE_BOOL:
      return SetBool(message, field, text);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return SetNumber(message, field, text);
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(message, field, text);
    default:
      message.GetReflection()->SetString(&message, &field, text);
      return absl::OkStatus();
  }
}

}  // namespace seatwise::cli
