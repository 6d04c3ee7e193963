// What a tight program needs that knows nothing but the union of plans per (user, SKU) and the seat
// cut: no checks K1 to K5, no reasons, no places, no states. The floor of the batch engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/executor.h"
#include "engine/batch/nesting.h"
#include "engine/batch/turn_order.h"
#include "engine/model/columns.h"

namespace seatwise {

// A SKU that a user asks for, and the plans that would be enabled: bit n is the n-th USER plan of
// the SKU. Denied rows have no seat.
struct FloorRow {
  UserNo user = 0;
  uint16_t sku = 0;
  bool denied = false;
  uint64_t plans = 0;
};

// Buffers are made once and used again at every run. Not for two runs at a time.
class SeatFloor {
 public:
  // Turns assignments into what the program reads, which no run is charged for. Each SKU must have
  // at most 64 USER plans. `columns` and `nesting` must outlive it.
  SeatFloor(const Columns& columns, const Nesting& nesting, int threads);

  // Whether a tenant is in reach of the program.
  static bool CanDo(const Columns& columns);

  void Run(Executor& executor);

  // By thread: its range of users, ascending; the rows of a user in no order.
  const std::vector<std::vector<FloorRow>>& rows() const { return rows_; }
  // By SKU: users who hold it.
  const std::vector<int64_t>& consumed() const { return consumed_; }

 private:
  struct Item {
    uint64_t plans = 0;
    Time assigned_at;
    int32_t priority = 0;
    SkuNo sku = 0;
  };
  // Somebody who wants a contended SKU.
  struct Wish {
    QueueKey key;
    UserNo user = 0;
    FloorRow* row = nullptr;
  };
  struct SkuWishes {
    std::vector<std::vector<Wish>> by_thread;
    std::vector<Wish> all;
  };

  static Item ItemOf(const Columns& columns, const AssignmentRow& row);
  absl::Span<const Item> ItemsOf(GroupNo group) const {
    return ListAt(columns_->first_inherited, inherited_, group);
  }
  void Unite(Shard shard);
  void UniteOne(UserNo user, std::vector<uint32_t>& place, size_t first,
                std::vector<FloorRow>& rows);
  void FindContended();
  void CollectWishes(Shard shard);
  QueueKey FirstKey(UserNo user, SkuNo sku) const;
  void Cut(SkuNo sku);

  const Columns* columns_;
  const Nesting* nesting_;
  std::vector<Item> inherited_;  // Beside Columns::inherited.
  std::vector<Item> direct_;     // Beside Columns::direct.
  std::vector<std::vector<FloorRow>> rows_;
  std::vector<std::vector<int64_t>> demand_;  // By thread and SKU.
  std::vector<SkuWishes> wishes_;             // By SKU.
  std::vector<char> contended_;
  std::vector<int64_t> consumed_;
};

}  // namespace seatwise
