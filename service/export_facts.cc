#include "service/export_facts.h"

#include <string>
#include <utility>

#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "service/facts_to_proto.h"

namespace seatwise {
namespace {

constexpr size_t kMessageBytes = 1 << 20;
constexpr size_t kPage = 1'000;

}  // namespace

absl::Status ExportFacts(const FactsSnapshot& facts,
                         absl::FunctionRef<bool(const v1::ExportResponse&)> send) {
  const auto revision = static_cast<int64_t>(facts.revision());
  v1::ExportResponse message;
  message.set_revision(revision);
  size_t bytes = 0;
  int64_t count = 0;
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    std::string cursor;
    do {
      SEATWISE_ASSIGN_OR_RETURN(FactPage page,
                                facts.List(static_cast<FactKind>(kind), cursor, kPage));
      for (const Fact& fact : page.facts) {
        v1::Fact bare = ToBareProto(fact);
        const size_t size = bare.ByteSizeLong();
        if (bytes > 0 && bytes + size > kMessageBytes) {
          if (!send(message)) return absl::OkStatus();
          message.clear_facts();
          bytes = 0;
        }
        *message.add_facts() = std::move(bare);
        bytes += size;
        ++count;
      }
      cursor = std::move(page.next);
    } while (!cursor.empty());
  }
  message.set_complete(true);
  message.set_fact_count(count);
  send(message);
  return absl::OkStatus();
}

}  // namespace seatwise
