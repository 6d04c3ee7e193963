// What the hot calls cost besides gRPC: a reply filled from the live state and serialized, against
// the floor, which is to serialize a message of the same size that holds one string.
//
//   bazel run -c opt //bench/service:reply_bench
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/check.h"
#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/license_service.pb.h"
#include "service/license_reply.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

constexpr int kUsers = 20'000;

// GUID-like ids, as Microsoft's are; 3 SKUs of 48, 12 and 2 plans by groups of departments, each of
// which disables other plans.
std::string TenantText() {
  const auto guid = [](int kind, int i) {
    return absl::StrFormat("%08x-%04d-4a4a-8b8b-%012d", static_cast<unsigned>(i) * 2654435761u,
                           kind, i);
  };
  std::string text = "tenant location=US\n";
  int plan = 0;
  std::vector<std::string> skus;
  std::vector<std::vector<std::string>> plans;
  for (int size : {48, 12, 2}) {
    skus.push_back(guid(1, size));
    plans.emplace_back();
    for (int i = 0; i < size; ++i) plans.back().push_back(guid(2, plan++));
    absl::StrAppend(&text, "sku ", skus.back(),
                    " seats=1000000 plans=", absl::StrJoin(plans.back(), ","), "\n");
  }
  for (int group = 0; group < 20; ++group) {
    for (size_t sku = 0; sku < skus.size(); ++sku) {
      const size_t off = static_cast<size_t>(group) % plans[sku].size();
      absl::StrAppend(&text, "group g", group, " -> ", skus[sku], " off=", plans[sku][off], "\n");
    }
  }
  for (int user = 0; user < kUsers; ++user) {
    absl::StrAppend(&text, guid(3, user), " in g", user % 20, "\n");
  }
  return text;
}

struct World {
  World() : facts(worlds::ParseTenant(TenantText())) {
    InlineExecutor executor;
    live = LiveStateFrom(histories::LoadFacts(facts, histories::AnyNumbers(facts, 1)), executor);
  }
  Facts facts;
  std::shared_ptr<const LiveState> live;
};

const World& TheWorld() {
  static const World& world = *new World;
  return world;
}

void BM_GetReply(benchmark::State& state) {
  const World& world = TheWorld();
  size_t at = 0;
  std::string bytes;
  for (auto _ : state) {
    const std::string& id = world.facts.users[at].id.value();
    at = (at + 7919) % world.facts.users.size();
    v1::GetEffectiveLicensesResponse reply;
    FillReply(*world.live, *world.live->FindUser(id), {}, reply);
    bytes.clear();
    reply.AppendToString(&bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  state.counters["bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(BM_GetReply);

// The same size as one string.
void BM_FloorOfGet(benchmark::State& state) {
  std::string bytes;
  for (auto _ : state) {
    v1::Group reply;
    reply.mutable_display_name()->assign(2500, 'x');
    bytes.clear();
    reply.AppendToString(&bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
}
BENCHMARK(BM_FloorOfGet);

void BM_BatchReplyOf1000(benchmark::State& state) {
  const World& world = TheWorld();
  v1::BatchGetEffectiveLicensesRequest request;
  for (size_t i = 0; i < 1000; ++i)
    request.add_user_ids(world.facts.users[i * 7919 % kUsers].id.value());
  std::string bytes;
  for (auto _ : state) {
    v1::BatchGetEffectiveLicensesResponse reply;
    SEATWISE_CHECK(FillBatch(*world.live, request, 0, reply) == 1000);
    bytes.clear();
    reply.AppendToString(&bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  state.counters["bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(BM_BatchReplyOf1000);

}  // namespace
}  // namespace seatwise
