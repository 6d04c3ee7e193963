// Lists that are worked out as a whole and read page by page: made once, not once a page.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "service/tenant_state.h"

namespace seatwise {

// The lists that callers are in the midst of, of all tenants: the last few. Any thread.
class ListCache {
 public:
  static constexpr size_t kMostLists = 4;

  // The list that was kept under `key`, which names the revision, the method and all that it was
  // asked with; null if there is none. Each key is for one type.
  template <typename List>
  std::shared_ptr<const List> Find(absl::string_view key) const {
    MutexLock lock(&mutex_);
    for (const Entry& entry : entries_) {
      if (entry.key == key) return std::static_pointer_cast<const List>(entry.list);
    }
    return nullptr;
  }

  // After a page was read: keeps the list if there is more to read of it, or else drops it.
  void PageWasRead(const std::string& key, std::shared_ptr<const void> list, bool more) {
    if (more) {
      Keep(key, std::move(list));
    } else {
      Drop(key);
    }
  }

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const void> list;
  };

  // For the pages behind this one, instead of the oldest if there are many.
  void Keep(const std::string& key, std::shared_ptr<const void> list) {
    Entry dropped;  // Freed outside the lock.
    MutexLock lock(&mutex_);
    for (const Entry& entry : entries_) {
      if (entry.key == key) return;
    }
    entries_.push_back({key, std::move(list)});
    if (entries_.size() <= kMostLists) return;
    dropped = std::move(entries_.front());
    entries_.pop_front();
  }

  void Drop(absl::string_view key) {
    Entry dropped;
    MutexLock lock(&mutex_);
    const auto at = std::find_if(entries_.begin(), entries_.end(),
                                 [&](const Entry& entry) { return entry.key == key; });
    if (at == entries_.end()) return;
    dropped = std::move(*at);
    entries_.erase(at);
  }

  mutable Mutex mutex_;
  std::deque<Entry> entries_ SEATWISE_GUARDED_BY(mutex_);
};

// What a key begins with: nothing else is at the same revision, even if a tenant is made anew.
inline std::string ListKey(absl::string_view tenant, const TenantState& state) {
  return absl::StrCat(tenant, " ", state.revision, " ", state.committed_at.micros, " ");
}

}  // namespace seatwise
