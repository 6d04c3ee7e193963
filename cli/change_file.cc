#include "cli/change_file.h"

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/text.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {

absl::StatusOr<std::vector<v1::Change>> ReadChangeFile(const std::string& path,
                                                       const std::string& tenant) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || file.bad()) {
    return absl::NotFoundError(absl::StrCat("'", Printable(path), "' cannot be read"));
  }
  v1::ApplyChangesRequest request;
  const auto parsed = google::protobuf::util::JsonStringToMessage(text, &request);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", Printable(path), "' is not a list of changes as JSON, {\"changes\": ",
                     "[...]}: ", Printable(parsed.message().ToString())));
  }
  std::vector<v1::Change> changes(request.changes().begin(), request.changes().end());
  for (v1::Change& change : changes) {
    if (!change.has_delete_()) continue;
    const std::string& name = change.delete_().name();
    if (absl::StartsWith(name, "tenants/")) continue;
    change.mutable_delete_()->set_name(absl::StrCat(TenantName(tenant), "/", name));
  }
  return changes;
}

}  // namespace seatwise::cli
