// What the command line knows of one kind of resource; the verbs on it are the same for all kinds
// (resource_verbs.h), since the API treats them alike.
#pragma once

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace seatwise::cli {

// Whose ids a field holds; on the command line their names will do as well.
enum class NamedProducts : uint8_t { kNone, kSkus, kPlans };

// A field that is shown, and can be set if it has a flag.
struct ResourceField {
  std::string name;  // In the API, and the key in answers.
  std::string flag;  // "--part-number"; empty: only shown.
  std::string type;  // What stands for the value in help: "TEXT".
  std::string help;
  NamedProducts holds = NamedProducts::kNone;
  bool is_number = false;
  bool may_shrink = false;
  bool in_table = true;
};

// One kind.
struct ResourceKind {
  std::string noun;         // On the command line: "subscription".
  std::string description;  // "Units of SKUs that were bought".
  std::string collection;   // In names of resources: "subscriptions".
  // The messages: one resource, and those of its service, all of which are found by name:
  // CreateSubscriptionRequest and so on.
  const google::protobuf::Descriptor* resource = nullptr;
  const google::protobuf::Descriptor* list_response = nullptr;
  std::string example_id;             // "contoso-e5"
  std::string example_flags;          // What `create` is shown with.
  std::vector<ResourceField> fields;  // Without the id, which comes first.
};

}  // namespace seatwise::cli
