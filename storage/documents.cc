#include "storage/documents.h"

#include <utility>

#include "base/status_macros.h"
#include "storage/batch.h"
#include "storage/keys.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

std::string KeyOf(absl::string_view folder, absl::string_view name) {
  return KeyWriter(Table::kDocument).Id(folder).Id(name).Take();
}

}  // namespace

absl::Status Documents::Put(absl::string_view folder, const Document& document) {
  Batch batch;
  batch.Put(KeyOf(folder, document.name), Framed(document.bytes));
  return store_.Commit(owner_, batch, {}).status();
}

absl::Status Documents::Delete(absl::string_view folder, absl::string_view name) {
  Batch batch;
  batch.Delete(KeyOf(folder, name));
  return store_.Commit(owner_, batch, {}).status();
}

absl::StatusOr<std::optional<std::string>> Documents::Get(absl::string_view folder,
                                                          absl::string_view name) const {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                            store_.TakeSnapshot()->Get(owner_.tenant, KeyOf(folder, name)));
  if (!value.has_value()) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(const absl::string_view bytes, Unframed(*value));
  return std::string(bytes);
}

absl::StatusOr<std::vector<Document>> Documents::List(absl::string_view folder,
                                                      absl::string_view after, size_t limit) const {
  const std::string prefix = KeyWriter(Table::kDocument).Id(folder).Take();
  const std::string end = EndOfPrefix(prefix);
  // An id ends with two NULs, so what follows the key of `after` begins with a third.
  const std::string start = after.empty() ? prefix : KeyOf(folder, after) + '\0';
  std::vector<Document> documents;
  absl::Status status;
  const auto visit = [&](absl::string_view key, absl::string_view value) {
    if (documents.size() == limit) return false;
    KeyReader reader(key);
    const std::optional<std::string> found_folder = reader.Id();
    std::optional<std::string> name = reader.Id();
    const absl::StatusOr<absl::string_view> bytes = Unframed(value);
    if (!found_folder.has_value() || !name.has_value()) {
      status = RecordError("a document", "has no name");
    } else if (!bytes.ok()) {
      status = bytes.status();
    } else {
      documents.push_back({*std::move(name), std::string(*bytes)});
    }
    return status.ok();
  };
  SEATWISE_RETURN_IF_ERROR(
      store_.TakeSnapshot()->Scan(owner_.tenant, {.start = start, .end = end}, visit));
  SEATWISE_RETURN_IF_ERROR(status);
  return documents;
}

}  // namespace seatwise
