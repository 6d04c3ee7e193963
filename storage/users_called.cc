// Nothing is ordered by names: whoever looks for one reads them all, which takes a million of them
// a fifth of a second. Most names differ in length already.
#include "storage/users_called.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "engine/model/ids.h"
#include "storage/record_format.h"
#include "storage/user_names.h"

namespace seatwise {
namespace {

// The ids of a page: the first so many that are greater than the last of the page before.
class FirstIds {
 public:
  FirstIds(absl::string_view after, size_t most) : after_(after), most_(most) {}

  void Add(absl::string_view id) {
    if (id <= after_ || (ids_.size() == most_ && id > *ids_.rbegin())) return;
    ids_.emplace(id);
    if (ids_.size() > most_) ids_.erase(std::prev(ids_.end()));
  }

  const std::set<std::string>& ids() const { return ids_; }

 private:
  const absl::string_view after_;
  const size_t most_;
  std::set<std::string> ids_;
};

}  // namespace

absl::StatusOr<FactPage> ListUsersCalled(const FactsSnapshot& facts, absl::string_view name,
                                         absl::string_view cursor, size_t limit) {
  SEATWISE_CHECK(limit > 0) << "a page of nothing";
  FactPage page;
  if (name.empty()) return page;
  FirstIds ids(cursor, limit + 1);
  SEATWISE_RETURN_IF_ERROR(ForEachUserNames(facts, [&](uint32_t, const UserNamesView& names) {
    if (absl::EqualsIgnoreCase(names.user_principal_name, name) ||
        absl::EqualsIgnoreCase(names.display_name, name)) {
      ids.Add(names.id);
    }
    return true;
  }));
  for (const std::string& id : ids.ids()) {
    if (page.facts.size() == limit) {
      page.next = std::get<User>(page.facts.back()).id.value();
      break;
    }
    SEATWISE_ASSIGN_OR_RETURN(std::optional<Fact> user, facts.Find(UserId(id)));
    // A number keeps its names only while somebody has it.
    if (!user) return RecordError("a user", "is missing");
    page.facts.push_back(*std::move(user));
  }
  return page;
}

}  // namespace seatwise
