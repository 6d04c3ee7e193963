// Resources of any kind as records.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/names.h"
#include "cli/product_words.h"
#include "cli/records.h"
#include "cli/resource_kind.h"

namespace seatwise::cli {

// The field with this name, which the kind has.
const google::protobuf::FieldDescriptor& FieldOf(const ResourceKind& kind, const std::string& name);

// The field of the id: behind `name` and, in every kind, number 2.
const google::protobuf::FieldDescriptor& IdOf(const ResourceKind& kind);

// The id, then the fields in their order; behind the id of a SKU its name, as `sku`.
std::vector<RecordColumn> ColumnsOf(const ResourceKind& kind);

// Makes records with a value for each of ColumnsOf. Any thread may read.
class ResourceRecorder {
 public:
  // Asks for all SKUs if some will be named; the errors of that call. `kind` outlives it.
  static absl::StatusOr<ResourceRecorder> Make(const ResourceKind& kind, ProductWords& products);

  Record RecordOf(const google::protobuf::Message& resource) const;

 private:
  ResourceRecorder(const ResourceKind& kind, Names names)
      : kind_(&kind), names_(std::move(names)) {}

  const ResourceKind* kind_;
  Names names_;
};

}  // namespace seatwise::cli
