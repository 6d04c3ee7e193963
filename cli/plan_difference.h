// Plans that one license has and another has not.
#pragma once

#include <algorithm>
#include <string>

#include "google/protobuf/repeated_field.h"

namespace seatwise::cli {

// Those of `plans` that are not among `others`; both ascend, as does the answer.
inline google::protobuf::RepeatedPtrField<std::string> PlansWithout(
    const google::protobuf::RepeatedPtrField<std::string>& plans,
    const google::protobuf::RepeatedPtrField<std::string>& others) {
  google::protobuf::RepeatedPtrField<std::string> rest;
  for (const std::string& plan : plans) {
    if (!std::binary_search(others.begin(), others.end(), plan)) *rest.Add() = plan;
  }
  return rest;
}

}  // namespace seatwise::cli
