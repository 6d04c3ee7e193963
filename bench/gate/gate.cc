// What the gate counts, on one thread: reading a folder, the batch engine, its tables as files, the
// live form of it, and changes of one member each. `run` says which functions are the stages.
//
//   gate FOLDER OUTPUT_FOLDER
//
// Everything is drawn from fixed seeds: two runs execute the same instructions.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/check.h"
#include "base/executor.h"
#include "bench/incremental/loaded_from_columns.h"
#include "bench/incremental/permissive_facts.h"
#include "engine/batch/batch.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_state.h"
#include "engine/model/validate.h"
#include "interchange/derived_writer.h"
#include "interchange/read_report.h"
#include "interchange/reader.h"

namespace seatwise {
namespace {

constexpr size_t kChanges = 1000;

// The groups whose members have claims.
std::vector<uint32_t> GroupsWithClaims(const LiveState& state) {
  std::vector<uint32_t> groups;
  state.parts().facts.carriers.ForEach([&](uint32_t group, const Ref<CarrierList>& carriers) {
    if (carriers) groups.push_back(group);
  });
  SEATWISE_CHECK(!groups.empty()) << "no group of the tenant gives its members a claim";
  return groups;
}

bool IsMember(const LiveState& state, uint32_t user, uint32_t group) {
  const auto groups = state.parts().facts.users[user]->groups();
  return std::binary_search(groups.begin(), groups.end(), group);
}

// Members more or less, each of another user or group.
std::vector<Change> DrawMembers(const LiveState& state) {
  const std::vector<uint32_t> groups = GroupsWithClaims(state);
  std::mt19937_64 random(1);
  std::set<std::pair<uint32_t, uint32_t>> drawn;
  std::vector<Change> changes;
  while (changes.size() < kChanges) {
    const uint32_t user = static_cast<uint32_t>(random() % state.next_numbers().user);
    const uint32_t group = groups[random() % groups.size()];
    if (!drawn.insert({user, group}).second) continue;
    const GroupId group_id(state.GroupIdOf(group));
    const UserId user_id(state.UserIdOf(user));
    if (IsMember(state, user, group)) {
      changes.push_back(Delete{MembershipKey{group_id, user_id}});
    } else {
      changes.push_back(Put{Membership{group_id, user_id, Time{1'700'000'000'000'000}}});
    }
  }
  return changes;
}

// Each change is made on the version before it.
void ChangeMembers(std::shared_ptr<const LiveState> state, Executor& executor) {
  for (Change& change : DrawMembers(*state)) {
    const ValidatedChangeSet valid =
        Validate({{std::move(change)}}, PermissiveFacts()).value().changes.value();
    state = Prepare(state, valid, executor).state;
  }
}

int Main(const std::string& folder, const std::string& output) {
  InlineExecutor executor;
  ReadReport report;
  std::optional<Columns> columns = ReadColumns(folder, executor, report);
  SEATWISE_CHECK(columns.has_value()) << folder << " is not a good folder";
  {
    const std::unique_ptr<const BatchState> state = Derive(*columns, executor);
    const absl::Status written = WriteDerived(*state, output, executor);
    SEATWISE_CHECK(written.ok()) << written.ToString();
  }
  LoadedFacts loaded = LoadedFromColumns(*std::move(columns));
  ChangeMembers(LiveStateFrom(std::move(loaded), executor), executor);
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: gate FOLDER OUTPUT_FOLDER\n";
    return 2;
  }
  return seatwise::Main(argv[1], argv[2]);
}
