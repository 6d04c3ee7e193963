// What the rows of the page have in common: JSON objects that leave out what is not worth saying.
// Any thread.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/names.h"

namespace seatwise::cli {

// Keys keep their order.
using PageObject = nlohmann::ordered_json;

// As text. What is not UTF-8 becomes U+FFFD.
std::string Dump(const PageObject& json);

// Sets what is neither empty nor 0 nor false.
void Set(PageObject& object, const char* key, const std::string& text);
void Set(PageObject& object, const char* key, int64_t number);
void Set(PageObject& object, const char* key, bool flag);
void Set(PageObject& object, const char* key, const std::vector<std::string>& texts);

// A field as the command line spells it; empty if it is absent.
std::string Spelled(const google::protobuf::Message& message, const char* field);

// A user by `id`, and by `name` if there is one.
PageObject UserObject(const std::string& id, const Names& names);

}  // namespace seatwise::cli
