#include "service/watch_service.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/status_macros.h"
#include "seatwise/v1/watch_service.grpc.pb.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/names.h"
#include "service/watch_cursor.h"
#include "service/watch_messages.h"

namespace seatwise {
namespace {

using Writer = grpc::ServerWriter<v1::WatchLicensesResponse>;

// How soon a stream notices that its client is gone.
constexpr std::chrono::milliseconds kPoll{250};
constexpr int kDefaultBookmarkSeconds = 30;
// Of one message: far below what clients take.
constexpr size_t kMessageBytes = 1 << 20;

// One stream.
class Watch {
 public:
  Watch(const grpc::ServerContext& context, WatchCursor cursor,
        const v1::WatchLicensesRequest& request, Writer& writer)
      : context_(context),
        cursor_(std::move(cursor)),
        filter_(FilterOf(request)),
        bookmark_every_(request.bookmark_seconds() == 0 ? kDefaultBookmarkSeconds
                                                        : request.bookmark_seconds()),
        told_(cursor_.seen()),
        writer_(writer) {}

  absl::Status Run() {
    Stopwatch since_bookmark;
    bool open = true;
    while (open && !context_.IsCancelled()) {
      SEATWISE_ASSIGN_OR_RETURN(const std::optional<RevisionEvent> event,
                                cursor_.Next(Deadline::After(kPoll)));
      if (event.has_value()) {
        SEATWISE_ASSIGN_OR_RETURN(open, Tell(*event));
      } else if (told_ < cursor_.seen() ||
                 since_bookmark.Seconds() >= static_cast<double>(bookmark_every_)) {
        // Revisions that had nothing for this watcher count as told.
        told_ = cursor_.seen();
        open = writer_.Write(BookmarkAt(told_));
        since_bookmark = Stopwatch();
      }
    }
    return absl::OkStatus();
  }

 private:
  // Whether the client is still there.
  absl::StatusOr<bool> Tell(const RevisionEvent& event) {
    SEATWISE_ASSIGN_OR_RETURN(const std::vector<v1::WatchLicensesResponse> messages,
                              MessagesOf(event, cursor_, filter_, kMessageBytes));
    for (const v1::WatchLicensesResponse& message : messages) {
      if (!writer_.Write(message)) return false;
    }
    if (!messages.empty()) told_ = event.revision;
    return true;
  }

  const grpc::ServerContext& context_;
  WatchCursor cursor_;
  const WatchFilter filter_;
  const int bookmark_every_;  // Seconds.
  uint64_t told_;             // The revision of the last message.
  Writer& writer_;
};

class WatchService final : public v1::WatchService::Service {
 public:
  explicit WatchService(TenantRegistry& registry) : registry_(registry) {}

  grpc::Status WatchLicenses(grpc::ServerContext* context, const v1::WatchLicensesRequest* request,
                             Writer* writer) override {
    const int others = watchers_.fetch_add(1);
    registry_.environment().metrics.WatchersChanged(1);
    const absl::Status status =
        others >= kMostWatchers
            ? OverloadedError("as many streams as may be open are watching; try again later")
            : Stream(*context, *request, *writer);
    registry_.environment().metrics.WatchersChanged(-1);
    watchers_.fetch_sub(1);
    return ToGrpcStatus(status);
  }

 private:
  absl::Status Stream(const grpc::ServerContext& context, const v1::WatchLicensesRequest& request,
                      Writer& writer) {
    SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.parent(), "parent"));
    SEATWISE_RETURN_IF_ERROR(CheckWatch(request));
    SEATWISE_ASSIGN_OR_RETURN(std::shared_ptr<Tenant> tenant, registry_.Get(id));
    const uint64_t after = request.after_revision() > 0
                               ? static_cast<uint64_t>(request.after_revision())
                               : tenant->Published()->revision;
    SEATWISE_ASSIGN_OR_RETURN(WatchCursor cursor, WatchCursor::After(std::move(tenant), after));
    writer.SendInitialMetadata();
    return Watch(context, std::move(cursor), request, writer).Run();
  }

  TenantRegistry& registry_;
  std::atomic<int> watchers_ = 0;
};

}  // namespace

OwnedService MakeWatchService(TenantRegistry& registry) {
  return {std::make_unique<WatchService>(registry), v1::WatchService::service_full_name()};
}

}  // namespace seatwise
