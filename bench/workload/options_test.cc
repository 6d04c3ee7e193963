#include "bench/workload/options.h"

#include <string>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

constexpr Shape kAllShapes[] = {
    Shape::kRealistic,   Shape::kAllContended, Shape::kSharedAddress,
    Shape::kOneGroup,    Shape::kAllDifferent, Shape::kManyAssignments,
    Shape::kDeepNesting, Shape::kWideDiamonds, Shape::kHealingChains,
};

absl::StatusOr<Options> With(Shape shape, const Overrides& overrides, bool nested = true) {
  return Resolve(Preset::kS, shape, Mode::kSkuIndependent, nested, 1, overrides);
}

TEST(OptionsTest, PresetsAreThoseOfTheTargets) {
  const Options l = *Resolve(Preset::kL, Shape::kRealistic, Mode::kGroupAtomic, true, 3, {});
  EXPECT_EQ(l.users, 1'000'000u);
  EXPECT_EQ(l.groups, 50'000u);
  EXPECT_EQ(l.licensed_groups, 1'500u);
  EXPECT_EQ(l.memberships, 10'000'000u);
  EXPECT_EQ(l.skus, 60u);
  EXPECT_EQ(l.scarce, 0.25);
  EXPECT_EQ(l.mode, Mode::kGroupAtomic);
  EXPECT_EQ(l.seed, 3u);
}

TEST(OptionsTest, EveryPresetGoesWithEveryShape) {
  for (Preset preset : {Preset::kS, Preset::kM, Preset::kL, Preset::kXl, Preset::kXxl}) {
    for (Shape shape : kAllShapes) {
      for (bool nested : {false, true}) {
        const auto options = Resolve(preset, shape, Mode::kSkuIndependent, nested, 1, {});
        EXPECT_TRUE(options.ok()) << AbslUnparseFlag(preset) << " " << AbslUnparseFlag(shape)
                                  << ": " << options.status();
      }
    }
  }
}

TEST(OptionsTest, OverridesReplaceThePreset) {
  const Options options =
      *With(Shape::kRealistic, {.users = 50, .memberships = 900, .scarce = 0.5});
  EXPECT_EQ(options.users, 50u);
  EXPECT_EQ(options.memberships, 900u);
  EXPECT_EQ(options.scarce, 0.5);
  EXPECT_EQ(options.groups, 2'000u);
}

TEST(OptionsTest, ShapesDecideWhatFollowsFromThem) {
  EXPECT_EQ(With(Shape::kOneGroup, {})->memberships, 10'000u);
  EXPECT_EQ(With(Shape::kAllDifferent, {})->groups, 100u);
  EXPECT_EQ(With(Shape::kManyAssignments, {})->users, 100u);
  EXPECT_EQ(With(Shape::kDeepNesting, {})->licensed_groups, 80u);
  EXPECT_EQ(With(Shape::kWideDiamonds, {})->groups, 30u * 66u);
  EXPECT_EQ(With(Shape::kHealingChains, {.skus = 20})->users, 5'000u);
  EXPECT_EQ(With(Shape::kAllContended, {})->scarce, 1.0);
}

// What is wrong, and the words of the message that say so.
struct Mistake {
  Shape shape;
  Overrides overrides;
  const char* message;
};

TEST(OptionsTest, MistakesAreNamedByTheirFlag) {
  const Mistake mistakes[] = {
      {Shape::kRealistic, {.users = 0}, "--users=0 is out of range"},
      {Shape::kRealistic, {.groups = 9}, "--groups=9 is out of range"},
      {Shape::kRealistic, {.licensed_groups = 2'001}, "takes 1 to 2000"},
      {Shape::kRealistic, {.memberships = 9'999}, "--memberships=9999 is out of range"},
      {Shape::kRealistic, {.memberships = 10'100}, "leaves too few"},
      {Shape::kRealistic, {.users = 10}, "allows a quarter of the groups"},
      {Shape::kRealistic, {.skus = 3}, "--skus=3 is out of range"},
      {Shape::kRealistic, {.scarce = 1.5}, "--scarce=1.5 is no share"},
      {Shape::kOneGroup, {.groups = 2}, "--groups cannot be set with --shape=one_group"},
      {Shape::kAllContended, {.scarce = 0.5}, "--scarce cannot be set"},
      {Shape::kAllDifferent, {.licensed_groups = 10}, "cannot all be different"},
      {Shape::kAllDifferent, {.licensed_groups = 5}, "cannot all be different"},
      {Shape::kManyAssignments, {.skus = 100}, "takes 112 to 992"},
      {Shape::kWideDiamonds, {.memberships = 20'000}, "leaves too few"},
  };
  for (const Mistake& mistake : mistakes) {
    const absl::Status status = With(mistake.shape, mistake.overrides).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << mistake.message;
    EXPECT_NE(status.message().find(mistake.message), std::string::npos) << status;
  }
}

TEST(OptionsTest, NamesAreReadAsTheyAreWritten) {
  std::string error;
  for (Shape shape : kAllShapes) {
    Shape read = Shape::kRealistic;
    EXPECT_TRUE(AbslParseFlag(AbslUnparseFlag(shape), &read, &error)) << error;
    EXPECT_EQ(read, shape);
  }
  Preset preset = Preset::kS;
  EXPECT_TRUE(AbslParseFlag("xxl", &preset, &error));
  EXPECT_EQ(preset, Preset::kXxl);
  EXPECT_FALSE(AbslParseFlag("XXXL", &preset, &error));
  EXPECT_EQ(error, "must be one of S, M, L, XL, XXL");
}

}  // namespace
}  // namespace seatwise::workload
