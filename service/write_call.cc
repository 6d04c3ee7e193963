#include "service/write_call.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "service/errors.h"
#include "service/request_id.h"
#include "service/timestamps.h"
#include "service/validation_status.h"

namespace seatwise {
namespace {

bool ValidateOnly(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("validate_only");
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

// One call under way.
class Run {
 public:
  Run(const std::shared_ptr<Tenant>& tenant, WriteCall call, google::protobuf::Message& response)
      : tenant_(tenant), call_(std::move(call)), response_(response) {}

  absl::Status Carry(std::optional<RequestKey> key, bool validate_only) {
    CommitOptions& options = call_.options;
    options.actor = call_.actor;
    options.method = call_.method;
    options.request = std::move(key);
    options.validate_only = options.validate_only || validate_only;
    options.reply = [this](const CommitResult& result) { return Reply(result); };
    SEATWISE_ASSIGN_OR_RETURN(
        const CommitResult result,
        tenant_->Commit([this](const FactsSnapshot& facts) { return MakeChanges(facts); },
                        options));
    if (!result.errors.empty()) {
      return ValidationStatus(call_.tenant, result.errors, result.more_errors,
                              [this](size_t change) { return changes_[input_[change]].path; });
    }
    return result.replayed ? Repeat(result) : Answer(result);
  }

 private:
  absl::StatusOr<ChangeSet> MakeChanges(const FactsSnapshot& facts) {
    SEATWISE_ASSIGN_OR_RETURN(WriteIntent intent, call_.want(facts));
    changes_ = std::move(intent.changes);
    shown_ = std::move(intent.shown);
    SEATWISE_ASSIGN_OR_RETURN(SettledChanges settled, Settle(changes_, call_.tenant, facts));
    input_ = std::move(settled.input);
    return std::move(settled.set);
  }

  std::string Reply(const CommitResult& result) {
    const std::unique_ptr<google::protobuf::Message> reply(response_.New());
    call_.answer(result, shown_, *reply);
    return reply->SerializeAsString();
  }

  absl::Status Answer(const CommitResult& result) {
    call_.answer(result, shown_, response_);
    return absl::OkStatus();
  }

  // The same answer again; if it was too long to be kept, what is there now.
  absl::Status Repeat(const CommitResult& result) {
    if (!result.reply.empty()) {
      if (response_.ParseFromString(result.reply)) return absl::OkStatus();
      return absl::DataLossError("the answer that was kept with the request id cannot be read");
    }
    if (call_.shown_key.has_value()) {
      SEATWISE_ASSIGN_OR_RETURN(shown_, tenant_->Published()->facts->Find(*call_.shown_key));
    }
    return Answer(result);
  }

  const std::shared_ptr<Tenant> tenant_;
  WriteCall call_;
  google::protobuf::Message& response_;
  std::vector<InputChange> changes_;
  std::vector<size_t> input_;  // By change that was judged: its place in changes_.
  std::optional<Fact> shown_;
};

}  // namespace

absl::Status RunWrite(TenantRegistry& registry, const google::protobuf::Message& request,
                      WriteCall call, google::protobuf::Message& response) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<RequestKey> key, RequestKeyOf(request));
  SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry.Get(call.tenant));
  return Run(tenant, std::move(call), response).Carry(std::move(key), ValidateOnly(request));
}

void FillResult(absl::string_view tenant, const CommitResult& result, v1::WriteResult& message) {
  message.set_revision(static_cast<int64_t>(result.revision));
  if (result.wrote) *message.mutable_commit_time() = ToTimestamp(result.committed_at);
  FillWarnings(tenant, result.warnings, result.more_warnings, message);
}

std::string MethodOf(const google::protobuf::Message& request) {
  return std::string(absl::StripSuffix(request.GetDescriptor()->name(), "Request"));
}

}  // namespace seatwise
