#include "engine/plan/cleared.h"

namespace seatwise {
namespace {

bool Has(const LiveState& state, const Trouble& trouble, uint32_t user) {
  bool has = false;
  state.ForEachItem(user, [&](const LiveItem& item) {
    if (!Contains(item.violations, trouble.code)) return;
    if (trouble.sku && state.catalog().sku(item.sku).id != *trouble.sku) return;
    if (trouble.group && (item.direct || item.principal != *trouble.group)) return;
    if (trouble.direct && !item.direct) return;
    has = true;
  });
  return has;
}

}  // namespace

int64_t CountWithout(const LiveState& after, const Trouble& trouble,
                     absl::Span<const uint32_t> users) {
  int64_t count = 0;
  for (const uint32_t user : users) count += Has(after, trouble, user) ? 0 : 1;
  return count;
}

}  // namespace seatwise
