// What to generate: sizes by preset, a shape, and what the caller wants otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace seatwise::workload {

enum class Preset { kS, kM, kL, kXl, kXxl };

// The form of the tenant. All but the first three are adversarial: each looks for a cost that grows
// faster than its input. They keep to the preset's users, groups, memberships and SKUs where
// that makes sense; Resolve() says where the shape itself decides.
enum class Shape {
  // Departments, communities and Zipf teams in three levels of nesting with a few cycles.
  kRealistic,
  // As kRealistic, every SKU having fewer seats than would-be holders.
  kAllContended,
  // As kRealistic, and a tenth of the users share one address, another tenth one by 2,000 users.
  kSharedAddress,
  // Everybody in one licensed group: one class, each SKU asked for by all.
  kOneGroup,
  // No two users are members of the same set of licensed groups: no class has two users.
  kAllDifferent,
  // 1,000 claims a user: every SKU directly, the others by 8 of 80 groups.
  kManyAssignments,
  // Chains of 50 groups, licensed at the top and half-way, most users at the bottom.
  kDeepNesting,
  // A licensed top above 4 layers of 16 groups, each containing all groups of the next, above a
  // bottom group with most users: 65,536 paths from each of those.
  kWideDiamonds,
  // Every user claims a chain of SKUs, each of whose plans requires the one before; for a third of
  // the users the queue has them in reverse, so that the last grant heals one claim after another
  // (rule G2), for a third in the order of the chain, for a third at random.
  kHealingChains,
};

// Whether the groups are those of an organisation (organisation.h): the first three.
bool IsOrganised(Shape shape);

enum class Mode { kSkuIndependent, kGroupAtomic };

// What the caller sets instead of the preset's or the shape's own choice.
struct Overrides {
  std::optional<int64_t> users;
  std::optional<int64_t> groups;
  std::optional<int64_t> licensed_groups;
  std::optional<int64_t> memberships;
  std::optional<int64_t> skus;
  std::optional<double> scarce;
};

// Sizes are checked: what Resolve() returned can be generated.
struct Options {
  Shape shape = Shape::kRealistic;
  Mode mode = Mode::kSkuIndependent;
  bool nested = true;  // False: nested_groups is off and no group is a member of another.
  uint64_t seed = 1;
  uint32_t users = 0;
  uint32_t groups = 0;
  uint32_t licensed_groups = 0;
  uint64_t memberships = 0;  // Of users and of groups; reached within 2 %.
  uint32_t skus = 0;
  double scarce = 0;  // The share of SKUs with fewer seats than would-be holders, 0 to 1.
};

// Constants of shapes that both Resolve() and the shapes need.
inline constexpr uint32_t kClaimsOfManyAssignments = 1000;
inline constexpr uint32_t kGroupsOfManyAssignments = 80;
inline constexpr uint32_t kMembershipsOfManyAssignments = 8;
inline constexpr uint32_t kChainLength = 50;
inline constexpr uint32_t kDiamondWidth = 16;
inline constexpr uint32_t kDiamondLayers = 4;
inline constexpr uint32_t kDiamondGroups = kDiamondWidth * kDiamondLayers + 2;
inline constexpr uint32_t kDiamondEdges =
    2 * kDiamondWidth + (kDiamondLayers - 1) * kDiamondWidth * kDiamondWidth;
inline constexpr uint32_t kHealingVariants = 3;

// The preset's sizes, fitted to the shape, with the overrides. InvalidArgument, naming the flag and
// the way out, if a size is out of range, if the shape leaves no choice of it, or if they do not
// fit together.
absl::StatusOr<Options> Resolve(Preset preset, Shape shape, Mode mode, bool nested, uint64_t seed,
                                const Overrides& overrides);

// Conversions for absl flags, found by argument-dependent lookup.
bool AbslParseFlag(absl::string_view text, Preset* preset, std::string* error);
bool AbslParseFlag(absl::string_view text, Shape* shape, std::string* error);
bool AbslParseFlag(absl::string_view text, Mode* mode, std::string* error);
std::string AbslUnparseFlag(Preset preset);
std::string AbslUnparseFlag(Shape shape);
std::string AbslUnparseFlag(Mode mode);

}  // namespace seatwise::workload
