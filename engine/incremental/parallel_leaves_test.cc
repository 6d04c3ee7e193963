#include "engine/incremental/parallel_leaves.h"

#include "base/thread_pool.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

struct Number : RefCounted {
  explicit Number(size_t number) : value(number) {}
  size_t value;
};

TEST(ParallelLeavesTest, ThreadsFillEachValueOnce) {
  for (uint32_t size : {0u, 1u, 3u, 4u, 5u, 100u, 10'007u}) {
    for (int threads : {1, 3}) {
      ThreadPool pool(threads);
      PersistentVector<Ref<Number>> vector;
      vector.Resize(size);
      ParallelLeaves(pool, vector, [&](Shard shard) {
        for (size_t i = shard.begin; i < shard.end; ++i) {
          Ref<Number>& value = vector.Mutable(static_cast<uint32_t>(i));
          EXPECT_FALSE(bool(value)) << i;
          value = Ref<Number>::Make(i);
        }
      });
      uint32_t filled = 0;
      vector.ForEach([&](uint32_t index, const Ref<Number>& value) {
        ASSERT_TRUE(bool(value)) << index;
        EXPECT_EQ(value->value, index);
        ++filled;
      });
      EXPECT_EQ(filled, size);
    }
  }
}

TEST(ParallelLeavesTest, VectorsMadeOfLeavesAreLikeThoseThatGrew) {
  for (uint32_t size : {0u, 1u, 4u, 5u, 32u, 33u, 257u, 10'007u}) {
    for (int threads : {1, 3}) {
      ThreadPool pool(threads);
      PersistentVector<Ref<Number>> grown;
      for (uint32_t i = 0; i < size; ++i) grown.PushBack(Ref<Number>::Make(i));
      const auto begin = [](uint32_t first) { return first; };
      const auto fill = [&](uint32_t& next, uint32_t first, auto& values) {
        EXPECT_EQ(next, first) << "leaves ascend";
        for (Ref<Number>& value : values) {
          if (next < size) value = grown[next];
          ++next;
        }
      };
      auto built = BuildLeaves<Ref<Number>>(pool, size, begin, fill);
      ASSERT_EQ(built.size(), size);
      const auto differ = [](uint32_t index, const auto&, const auto&) { ADD_FAILURE() << index; };
      built.ForEachDifference(grown, differ);
      grown.PushBack(Ref<Number>::Make(size));
      built.PushBack(grown[size]);
      built.ForEachDifference(grown, differ);
    }
  }
}

}  // namespace
}  // namespace seatwise
