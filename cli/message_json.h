// Messages of the API as JSON, with numbers as numbers and enum values as words.
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace seatwise::cli {

// An object on one line, without a line feed. Keys are the fields' names; fields of messages that
// are absent are left out, all others are there. A time is text as in files, a map an object.
std::string MessageJson(const google::protobuf::Message& message);

}  // namespace seatwise::cli
