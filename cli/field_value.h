// Fields of the API's messages as the command line spells them, both ways.
//
// Enum values are spelled as everywhere else in this program: ACTIVE_WITH_ERROR is ActiveWithError.
// Times are those of files, a price is a decimal number, attributes are "key=value".
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cli/records.h"

namespace seatwise::cli {

// The value of a field; nothing if it is absent.
RecordValue ValueOf(const google::protobuf::Message& message,
                    const google::protobuf::FieldDescriptor& field);

// Sets the field to what was typed: one text, or several for lists and attributes. A single empty
// text empties it. INVALID_ARGUMENT says what is wrong with the text.
absl::Status SetValue(google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field,
                      const std::vector<std::string>& typed);

// Whether its value is a time.
bool IsTime(const google::protobuf::FieldDescriptor& field);

// ACTIVE_WITH_ERROR as ActiveWithError.
std::string EnumWord(absl::string_view name);

// "ActiveWithError", or nothing special for the value that means unspecified: "".
std::string EnumWordOf(const google::protobuf::EnumDescriptor& type, int number);

// The number of the value spelled so, whatever the case; -1 if there is none.
int ParseEnumWord(const google::protobuf::EnumDescriptor& type, absl::string_view word);

// "Active, ActiveWithError, Disabled and Error": what may be typed.
std::string EnumWords(const google::protobuf::EnumDescriptor& type);

}  // namespace seatwise::cli
