// The folder is read and sent at the same time; the server keeps what arrives aside. Only when all
// of the folder has been read and is well formed is the import finished, so a rejected folder
// leaves no trace.
#include "cli/folder_import.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "base/process_stats.h"
#include "base/thread_pool.h"
#include "engine/model/facts.h"
#include "interchange/reader.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/facts_to_proto.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using Finish = v1::ImportRequest::Finish;
using Finished = v1::ImportResponse::Finished;

// A message may have 3 MiB of facts; smaller ones keep server and client at work together.
constexpr size_t kChunkBytes = 1 << 20;

// The sending half of an import. Once something went wrong the rest is dropped; End says what.
class Sender {
 public:
  Sender(Client& client, const std::string& tenant)
      : stream_(client.Open("seatwise.v1.TransferService/Import")) {
    v1::ImportRequest start;
    start.mutable_start()->set_parent(TenantName(tenant));
    sound_ = stream_->Write(start) && stream_->Read(answer_);
    import_id_ = answer_.started().import_id();
  }

  const std::string& import_id() const { return import_id_; }

  void Add(Fact fact) {
    if (!sound_) return;
    saw_settings_ = saw_settings_ || std::holds_alternative<TenantSettings>(fact);
    v1::Fact& added = *chunk_.mutable_chunk()->add_facts();
    added = ToBareProto(fact);
    bytes_ += added.ByteSizeLong();
    if (bytes_ >= kChunkBytes) Send();
  }

  // Ends the import; the stream's status if it was broken.
  absl::StatusOr<Finished> End(Finish finish, const RowsVisitor& rows) {
    // A snapshot says everything, so also that the settings are the defaults.
    if (finish.mode() == Finish::SNAPSHOT && !saw_settings_) Add(TenantSettings());
    if (bytes_ > 0) Send();
    finish.set_last_chunk(chunks_);
    v1::ImportRequest message;
    *message.mutable_finish() = std::move(finish);
    if (sound_ && stream_->Write(message)) {
      stream_->WritesDone();
      while (stream_->Read(answer_)) {
        if (answer_.has_rows() && rows != nullptr) rows(answer_.rows());
        if (answer_.has_finished()) return answer_.finished();
      }
    }
    const absl::Status status = stream_->Finish();
    if (!status.ok()) return status;
    return absl::InternalError("the server ended the import without a result");
  }

 private:
  void Send() {
    chunk_.mutable_chunk()->set_number(++chunks_);
    sound_ = sound_ && stream_->Write(chunk_);
    chunk_.Clear();
    bytes_ = 0;
  }

  const std::unique_ptr<Stream> stream_;
  v1::ImportResponse answer_;
  std::string import_id_;
  v1::ImportRequest chunk_;
  size_t bytes_ = 0;
  int64_t chunks_ = 0;
  bool saw_settings_ = false;
  bool sound_ = false;
};

// What arrived is of no use. That it cannot be dropped is nobody's concern: it expires.
void Drop(Client& client, const std::string& tenant, const std::string& import_id) {
  v1::DeleteImportRequest request;
  request.set_name(ChildName(tenant, "imports", import_id));
  request.set_allow_missing(true);
  static_cast<void>(
      client.Call<v1::DeleteImportResponse>("seatwise.v1.TransferService/DeleteImport", request));
}

}  // namespace

absl::StatusOr<Finished> ImportFolder(Client& client, const std::string& tenant,
                                      const std::string& folder, Finish finish, ReadReport& report,
                                      const Progress& progress, const RowsVisitor& rows) {
  std::optional<Sender> sender(std::in_place, client, tenant);
  ThreadPool threads(AvailableProcessors());
  const bool accepted = StreamFacts(
      folder, threads, report, [&](Fact fact) { sender->Add(std::move(fact)); }, progress);
  const bool stays = accepted && !finish.validate_only();
  absl::StatusOr<Finished> finished = accepted
                                          ? sender->End(std::move(finish), rows)
                                          : absl::InvalidArgumentError("the folder is rejected");
  const std::string import_id = sender->import_id();
  sender.reset();
  if ((!stays || !finished.ok()) && !import_id.empty()) Drop(client, tenant, import_id);
  return finished;
}

absl::Status EnsureTenant(Client& client, const std::string& tenant) {
  v1::CreateTenantRequest request;
  request.mutable_tenant()->set_tenant_id(tenant);
  const absl::Status created =
      client.Call<v1::CreateTenantResponse>("seatwise.v1.TenantService/CreateTenant", request)
          .status();
  return absl::IsAlreadyExists(created) ? absl::OkStatus() : created;
}

}  // namespace seatwise::cli
