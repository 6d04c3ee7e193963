#include "service/watch_messages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

constexpr int kMostUsers = 1000;
constexpr int32_t kMostBookmarkSeconds = 3600;

// Cuts a revision into messages.
class Cutter {
 public:
  Cutter(const RevisionEvent& event, size_t max_bytes) : event_(event), max_bytes_(max_bytes) {}

  void BeginRun(const LicenseDelta::Run& run) {
    run_ = &run;
    out_ = nullptr;
  }

  void AddUser(std::string id) {
    if (messages_.empty() || bytes_ >= max_bytes_) {
      messages_.emplace_back();
      messages_.back().set_revision(static_cast<int64_t>(event_.revision));
      *messages_.back().mutable_changes()->mutable_commit_time() = ToTimestamp(event_.committed_at);
      bytes_ = 0;
      out_ = nullptr;
    }
    if (out_ == nullptr) OpenRun();
    bytes_ += id.size() + 4;
    out_->add_user_ids(std::move(id));
  }

  std::vector<v1::WatchLicensesResponse> Take() && {
    if (!messages_.empty()) messages_.back().mutable_changes()->set_complete(true);
    return std::move(messages_);
  }

 private:
  void OpenRun() {
    out_ = messages_.back().mutable_changes()->add_runs();
    out_->set_sku_id(run_->sku.value());
    if (run_->before.has_value()) *out_->mutable_before() = ToProto(*run_->before);
    if (run_->after.has_value()) *out_->mutable_after() = ToProto(*run_->after);
    bytes_ += out_->ByteSizeLong();
  }

  const RevisionEvent& event_;
  const size_t max_bytes_;
  std::vector<v1::WatchLicensesResponse> messages_;
  size_t bytes_ = 0;  // Of the last message, about.
  const LicenseDelta::Run* run_ = nullptr;
  v1::WatchLicensesResponse::Run* out_ = nullptr;  // Where users of run_ go; null: not begun here.
};

}  // namespace

absl::Status CheckWatch(const v1::WatchLicensesRequest& request) {
  if (request.after_revision() < 0) {
    return FieldError(v1::OUT_OF_RANGE, "after_revision", "is negative");
  }
  if (request.user_ids_size() > kMostUsers) {
    return FieldError(v1::OUT_OF_RANGE, "user_ids",
                      absl::StrCat("has ", request.user_ids_size(), " ids; at most ", kMostUsers));
  }
  if (request.bookmark_seconds() < 0 || request.bookmark_seconds() > kMostBookmarkSeconds) {
    return FieldError(
        v1::OUT_OF_RANGE, "bookmark_seconds",
        absl::StrCat("is ", request.bookmark_seconds(), "; give 1 to ", kMostBookmarkSeconds));
  }
  return absl::OkStatus();
}

WatchFilter FilterOf(const v1::WatchLicensesRequest& request) {
  return {.skus = {request.sku_ids().begin(), request.sku_ids().end()},
          .users = {request.user_ids().begin(), request.user_ids().end()}};
}

absl::StatusOr<std::vector<v1::WatchLicensesResponse>> MessagesOf(const RevisionEvent& event,
                                                                  const WatchCursor& cursor,
                                                                  const WatchFilter& filter,
                                                                  size_t max_bytes) {
  Cutter cutter(event, max_bytes);
  for (const LicenseDelta::Run& run : event.delta->runs) {
    if (!filter.skus.empty() && !filter.skus.contains(run.sku.value())) continue;
    cutter.BeginRun(run);
    for (const uint32_t user : run.users) {
      SEATWISE_ASSIGN_OR_RETURN(std::string id, cursor.UserIdOf(user));
      if (filter.users.empty() || filter.users.contains(id)) cutter.AddUser(std::move(id));
    }
  }
  return std::move(cutter).Take();
}

v1::WatchLicensesResponse BookmarkAt(uint64_t revision) {
  v1::WatchLicensesResponse message;
  message.set_revision(static_cast<int64_t>(revision));
  message.mutable_bookmark();
  return message;
}

}  // namespace seatwise
