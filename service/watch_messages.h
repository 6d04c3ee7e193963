// A revision's changes as messages of a watch.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "seatwise/v1/watch_service.pb.h"
#include "service/watch_cursor.h"
#include "service/watches.h"

namespace seatwise {

// What a watcher wants to know of. Empty sets: everything.
struct WatchFilter {
  absl::flat_hash_set<std::string> skus;
  absl::flat_hash_set<std::string> users;
};

// OUT_OF_RANGE for too many users or odd bookmark_seconds or a negative revision.
absl::Status CheckWatch(const v1::WatchLicensesRequest& request);
WatchFilter FilterOf(const v1::WatchLicensesRequest& request);

// The messages of one revision, each small enough to be sent, the last one complete. None if
// nothing passes the filter. `cursor` knows who users are.
absl::StatusOr<std::vector<v1::WatchLicensesResponse>> MessagesOf(const RevisionEvent& event,
                                                                  const WatchCursor& cursor,
                                                                  const WatchFilter& filter,
                                                                  size_t max_bytes);

// Everything up to `revision` was sent.
v1::WatchLicensesResponse BookmarkAt(uint64_t revision);

}  // namespace seatwise
