#include "service/transfer_service.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "grpcpp/support/method_handler.h"
#include "seatwise/v1/transfer_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/errors.h"
#include "service/export_facts.h"
#include "service/grpc_status.h"
#include "service/import_answers.h"
#include "service/import_note.h"
#include "service/import_stream.h"
#include "service/names.h"
#include "service/staged.pb.h"
#include "service/tenant_reads.h"
#include "service/timestamps.h"
#include "service/write_call.h"
#include "storage/staging_area.h"

namespace seatwise {
namespace {

class TransferService final : public v1::TransferService::Service {
 public:
  TransferService(TenantRegistry& registry, const PageTokens& tokens)
      : registry_(registry), tokens_(tokens) {
    // As the generated code does it, but for the type of the requests: that of the API takes
    // chunks apart, which here only costs time.
    using Handler =
        grpc::internal::BidiStreamingHandler<TransferService, service::StreamedImportRequest,
                                             v1::ImportResponse>;
    constexpr int kImport = 0;  // The first method of the service.
    const auto import = [](TransferService* self, grpc::ServerContext* context, Stream* stream) {
      return self->ReceiveImport(*context, *stream);
    };
    MarkMethodStreamed(kImport, new Handler(import, this));
  }

  grpc::Status ListImports(grpc::ServerContext*, const v1::ListImportsRequest* request,
                           v1::ListImportsResponse* response) override {
    return ToGrpcStatus(List(*request, *response));
  }

  grpc::Status DeleteImport(grpc::ServerContext*, const v1::DeleteImportRequest* request,
                            v1::DeleteImportResponse*) override {
    return ToGrpcStatus(Delete(*request));
  }

  grpc::Status Export(grpc::ServerContext* context, const v1::ExportRequest* request,
                      grpc::ServerWriter<v1::ExportResponse>* writer) override {
    return ToGrpcStatus(Export(DeadlineOf(*context), *request, *writer));
  }

 private:
  using Stream = grpc::ServerReaderWriter<v1::ImportResponse, service::StreamedImportRequest>;

  grpc::Status ReceiveImport(grpc::ServerContext& context, Stream& stream) {
    ImportStream import(registry_, active_, CallerOf(context));
    ImportAnswers answers([&](const v1::ImportResponse& answer) { return stream.Write(answer); });
    service::StreamedImportRequest message;
    while (!import.finished() && stream.Read(&message)) {
      absl::StatusOr<v1::ImportResponse> answer = import.Take(message);
      if (!answer.ok()) {
        // A client that has not read what was sent so far is still sending, and cannot hear this.
        while (!answers.idle() && stream.Read(&message)) {
        }
        return ToGrpcStatus(answer.status());
      }
      if (answer->has_acknowledged()) {
        answers.Acknowledge(*std::move(answer));
        continue;
      }
      const auto send = [&](const v1::ImportResponse& rows) { return answers.Send(rows); };
      if (!import.WriteRows(send) || !answers.Send(*std::move(answer))) {
        return grpc::Status::CANCELLED;
      }
    }
    return grpc::Status::OK;
  }

  absl::Status List(const v1::ListImportsRequest& request, v1::ListImportsResponse& response) {
    SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.parent(), "parent"));
    SEATWISE_ASSIGN_OR_RETURN(const PagePosition position,
                              tokens_.Open(MethodOf(request), request));
    SEATWISE_ASSIGN_OR_RETURN(const size_t limit, PageSizeOf(request.page_size()));
    SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(id));
    SEATWISE_RETURN_IF_ERROR(DropOldImports(*tenant, active_));
    SEATWISE_ASSIGN_OR_RETURN(const std::vector<StagedImport> imports, tenant->staging().List());
    for (const StagedImport& import : imports) {
      if (import.id <= position.place || ImportNote::Decode(import.note).finished()) continue;
      if (static_cast<size_t>(response.imports_size()) == limit) {
        const std::string& last = response.imports().rbegin()->import_id();
        response.set_next_page_token(tokens_.Make(MethodOf(request), request, {0, last}));
        break;
      }
      *response.add_imports() = Described(id, import);
    }
    return absl::OkStatus();
  }

  static v1::StagedImport Described(const std::string& tenant, const StagedImport& import) {
    v1::StagedImport message;
    message.set_name(ChildName(tenant, "imports", import.id));
    message.set_import_id(import.id);
    message.set_next_chunk(int64_t{import.next_chunk} + 1);
    message.set_facts(ImportNote::Decode(import.note).facts());
    *message.mutable_create_time() = ToTimestamp(import.created_at);
    *message.mutable_expire_time() =
        ToTimestamp(Time{import.created_at.micros + kImportLifeMicros});
    return message;
  }

  absl::Status Delete(const v1::DeleteImportRequest& request) {
    SEATWISE_ASSIGN_OR_RETURN(const ChildId name,
                              ParseChildName(request.name(), "imports", "name"));
    SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(name.tenant));
    StagingArea staging = tenant->staging();
    const absl::StatusOr<StagedImport> import = staging.Find(name.id);
    if (absl::IsNotFound(import.status())) {
      return request.allow_missing() ? absl::OkStatus() : NotFoundError(request.name());
    }
    SEATWISE_RETURN_IF_ERROR(import.status());
    if (!active_.Take(name.tenant, name.id)) {
      return ErrorOf(v1::IMPORT_CLOSED, "the import is in the hands of a stream");
    }
    const absl::Status dropped = staging.Drop(name.id);
    active_.Release(name.tenant, name.id);
    return dropped;
  }

  absl::Status Export(Deadline deadline, const v1::ExportRequest& request,
                      grpc::ServerWriter<v1::ExportResponse>& writer) {
    SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.parent(), "parent"));
    SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                              ReadTenant(registry_, id, request.min_revision(), deadline));
    return ExportFacts(*state->facts,
                       [&](const v1::ExportResponse& message) { return writer.Write(message); });
  }

  TenantRegistry& registry_;
  const PageTokens& tokens_;
  ActiveImports active_;
};

}  // namespace

OwnedService MakeTransferService(TenantRegistry& registry, const PageTokens& tokens) {
  return {std::make_unique<TransferService>(registry, tokens),
          v1::TransferService::service_full_name()};
}

}  // namespace seatwise
