#include "cli/resource_record.h"

#include <variant>

#include "base/status_macros.h"
#include "cli/field_value.h"
#include "cli/remote_names.h"
#include "engine/model/ids.h"

namespace seatwise::cli {
namespace {

// Its name is shown beside it then.
bool HoldsOneSku(const ResourceKind& kind, const ResourceField& field) {
  return field.holds == NamedProducts::kSkus && !FieldOf(kind, field.name).is_repeated();
}

}  // namespace

const google::protobuf::FieldDescriptor& FieldOf(const ResourceKind& kind,
                                                 const std::string& name) {
  return *kind.resource->FindFieldByName(name);
}

const google::protobuf::FieldDescriptor& IdOf(const ResourceKind& kind) {
  return *kind.resource->FindFieldByNumber(2);
}

std::vector<RecordColumn> ColumnsOf(const ResourceKind& kind) {
  std::vector<RecordColumn> columns = {{.key = IdOf(kind).name(), .may_shrink = true}};
  for (const ResourceField& field : kind.fields) {
    columns.push_back({.key = field.name,
                       .is_number = field.is_number,
                       .may_shrink = field.may_shrink,
                       .in_table = field.in_table,
                       .is_time = IsTime(FieldOf(kind, field.name))});
    if (HoldsOneSku(kind, field)) columns.push_back({.key = "sku", .may_shrink = true});
  }
  return columns;
}

absl::StatusOr<ResourceRecorder> ResourceRecorder::Make(const ResourceKind& kind,
                                                        ProductWords& products) {
  Names names;
  for (const ResourceField& field : kind.fields) {
    if (!HoldsOneSku(kind, field)) continue;
    SEATWISE_ASSIGN_OR_RETURN(const RemoteNames known, RemoteNames::WithSkus(products));
    names = known.names();
  }
  return ResourceRecorder(kind, std::move(names));
}

Record ResourceRecorder::RecordOf(const google::protobuf::Message& resource) const {
  Record record = {ValueOf(resource, IdOf(*kind_))};
  for (const ResourceField& field : kind_->fields) {
    record.push_back(ValueOf(resource, FieldOf(*kind_, field.name)));
    if (!HoldsOneSku(*kind_, field)) continue;
    record.emplace_back(names_.Sku(SkuId(std::get<std::string>(record.back()))));
  }
  return record;
}

}  // namespace seatwise::cli
