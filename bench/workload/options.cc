#include "bench/workload/options.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace seatwise::workload {

namespace {

constexpr int64_t kMostUsers = 100'000'000;
constexpr int64_t kMostGroups = 10'000'000;
constexpr int64_t kMostMemberships = 2'000'000'000;
constexpr int64_t kMostSkus = 4'000;

// Sizes on their way from the preset to the options.
struct Sizes {
  int64_t users;
  int64_t groups;
  int64_t licensed_groups;
  int64_t memberships;
  int64_t skus;
  double scarce;
};

// performance.md, "Presets".
Sizes SizesOf(Preset preset) {
  switch (preset) {
    case Preset::kS:
      return {10'000, 2'000, 100, 100'000, 20, 0.25};
    case Preset::kM:
      return {100'000, 20'000, 400, 1'000'000, 40, 0.25};
    case Preset::kL:
      return {1'000'000, 50'000, 1'500, 10'000'000, 60, 0.25};
    case Preset::kXl:
      return {2'200'000, 60'000, 15'000, 22'000'000, 300, 0.15};
    case Preset::kXxl:
      break;
  }
  return {5'000'000, 200'000, 20'000, 50'000'000, 300, 0.15};
}

// Merges what is given with what the shape wants.
class Fitter {
 public:
  Fitter(Shape shape, const Overrides& given, Sizes sizes)
      : shape_(shape), given_(given), sizes_(sizes) {}

  absl::StatusOr<Sizes> Fit();

 private:
  // The caller's choice, else `preset`.
  template <typename T>
  static T Choose(const std::optional<T>& given, T preset) {
    return given.value_or(preset);
  }
  // The shape's choice; an error if the caller made one too.
  template <typename T>
  T Fixed(absl::string_view flag, const std::optional<T>& given, T shapes) {
    if (given.has_value() && status_.ok()) {
      status_ = absl::InvalidArgumentError(
          absl::StrCat("--", flag, " cannot be set with --shape=", AbslUnparseFlag(shape_),
                       ": it follows from the shape; leave it out"));
    }
    return shapes;
  }

  void FitAsPreset();
  void FitOneGroup();
  void FitAllDifferent();
  void FitManyAssignments();
  void FitDeepNesting();
  void FitWideDiamonds();
  void FitHealingChains();

  const Shape shape_;
  const Overrides& given_;
  Sizes sizes_;
  absl::Status status_;
};

absl::StatusOr<Sizes> Fitter::Fit() {
  switch (shape_) {
    case Shape::kRealistic:
    case Shape::kSharedAddress:
    case Shape::kAllContended:
      FitAsPreset();
      break;
    case Shape::kOneGroup:
      FitOneGroup();
      break;
    case Shape::kAllDifferent:
      FitAllDifferent();
      break;
    case Shape::kManyAssignments:
      FitManyAssignments();
      break;
    case Shape::kDeepNesting:
      FitDeepNesting();
      break;
    case Shape::kWideDiamonds:
      FitWideDiamonds();
      break;
    case Shape::kHealingChains:
      FitHealingChains();
      break;
  }
  SEATWISE_RETURN_IF_ERROR(status_);
  return sizes_;
}

void Fitter::FitAsPreset() {
  sizes_.users = Choose(given_.users, sizes_.users);
  sizes_.groups = Choose(given_.groups, sizes_.groups);
  sizes_.licensed_groups = Choose(given_.licensed_groups, sizes_.licensed_groups);
  sizes_.memberships = Choose(given_.memberships, sizes_.memberships);
  sizes_.skus = Choose(given_.skus, sizes_.skus);
  sizes_.scarce = shape_ == Shape::kAllContended ? Fixed("scarce", given_.scarce, 1.0)
                                                 : Choose(given_.scarce, sizes_.scarce);
}

void Fitter::FitOneGroup() {
  sizes_.users = Choose(given_.users, sizes_.users);
  sizes_.groups = Fixed<int64_t>("groups", given_.groups, 1);
  sizes_.licensed_groups = Fixed<int64_t>("licensed_groups", given_.licensed_groups, 1);
  sizes_.memberships = Fixed("memberships", given_.memberships, sizes_.users);
  sizes_.skus = Choose<int64_t>(given_.skus, 4);
  sizes_.scarce = Choose(given_.scarce, sizes_.scarce);
}

// Contention would put everybody into the queue, so it is left to kAllContended.
void Fitter::FitAllDifferent() {
  sizes_.users = Choose(given_.users, sizes_.users);
  sizes_.licensed_groups = Choose(given_.licensed_groups, sizes_.licensed_groups);
  sizes_.groups = Fixed("groups", given_.groups, sizes_.licensed_groups);
  sizes_.memberships = Choose(given_.memberships, sizes_.memberships);
  sizes_.skus = Choose(given_.skus, sizes_.skus);
  sizes_.scarce = Choose(given_.scarce, 0.0);
}

void Fitter::FitManyAssignments() {
  const int64_t users = std::max<int64_t>(sizes_.memberships / kClaimsOfManyAssignments, 1);
  sizes_.users = Choose(given_.users, users);
  sizes_.groups = Fixed<int64_t>("groups", given_.groups, kGroupsOfManyAssignments);
  sizes_.licensed_groups = Fixed("licensed_groups", given_.licensed_groups, sizes_.groups);
  sizes_.memberships = Fixed("memberships", given_.memberships,
                             sizes_.users * int64_t{kMembershipsOfManyAssignments});
  sizes_.skus = Choose<int64_t>(given_.skus, 200);
  sizes_.scarce = Choose(given_.scarce, 0.0);
}

void Fitter::FitDeepNesting() {
  sizes_.users = Choose(given_.users, sizes_.users);
  const int64_t chains =
      std::max<int64_t>(Choose(given_.groups, sizes_.groups) / int64_t{kChainLength}, 1);
  sizes_.groups = chains * kChainLength;
  sizes_.licensed_groups = Fixed("licensed_groups", given_.licensed_groups, 2 * chains);
  sizes_.memberships = Choose(given_.memberships, sizes_.memberships);
  sizes_.skus = Choose(given_.skus, sizes_.skus);
  sizes_.scarce = Choose(given_.scarce, 0.0);
}

void Fitter::FitWideDiamonds() {
  sizes_.users = Choose(given_.users, sizes_.users);
  const int64_t diamonds =
      std::max<int64_t>(Choose(given_.groups, sizes_.groups) / int64_t{kDiamondGroups}, 1);
  sizes_.groups = diamonds * kDiamondGroups;
  sizes_.licensed_groups = Fixed("licensed_groups", given_.licensed_groups, diamonds);
  sizes_.memberships = Choose(given_.memberships, sizes_.memberships);
  sizes_.skus = Choose(given_.skus, sizes_.skus);
  sizes_.scarce = Choose(given_.scarce, 0.0);
}

// Each link of the chain has a SKU and, for each variant of its order in the queue, a group.
void Fitter::FitHealingChains() {
  sizes_.skus = Choose<int64_t>(given_.skus, 200);
  const int64_t links = std::max<int64_t>(sizes_.skus, 1);
  sizes_.users = Choose(given_.users, std::max<int64_t>(sizes_.memberships / links, 1));
  sizes_.groups = Fixed("groups", given_.groups, links * int64_t{kHealingVariants});
  sizes_.licensed_groups = Fixed("licensed_groups", given_.licensed_groups, sizes_.groups);
  sizes_.memberships = Fixed("memberships", given_.memberships, sizes_.users * links);
  sizes_.scarce = Choose(given_.scarce, 0.01);
}

absl::Status CheckRange(absl::string_view flag, int64_t value, int64_t low, int64_t high,
                        Shape shape) {
  if (low <= value && value <= high) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--", flag, "=", value, " is out of range: --shape=", AbslUnparseFlag(shape),
                   " takes ", low, " to ", high));
}

// What each size must be by itself.
absl::Status CheckRanges(const Sizes& sizes, Shape shape) {
  const bool organised = IsOrganised(shape);
  int64_t fewest_skus = organised ? 4 : 1;
  int64_t most_skus = kMostSkus;
  if (shape == Shape::kManyAssignments) {
    // Of a user's claims, one for each SKU is direct; 8 groups bring the others, and none of them
    // can assign a SKU twice.
    fewest_skus = kClaimsOfManyAssignments / (kMembershipsOfManyAssignments + 1) + 1;
    most_skus = kClaimsOfManyAssignments - kMembershipsOfManyAssignments;
  }
  SEATWISE_RETURN_IF_ERROR(CheckRange("users", sizes.users, 1, kMostUsers, shape));
  SEATWISE_RETURN_IF_ERROR(
      CheckRange("groups", sizes.groups, organised ? 10 : 1, kMostGroups, shape));
  SEATWISE_RETURN_IF_ERROR(
      CheckRange("licensed_groups", sizes.licensed_groups, 1, sizes.groups, shape));
  SEATWISE_RETURN_IF_ERROR(CheckRange("skus", sizes.skus, fewest_skus, most_skus, shape));
  SEATWISE_RETURN_IF_ERROR(
      CheckRange("memberships", sizes.memberships, sizes.users, kMostMemberships, shape));
  if (sizes.scarce >= 0 && sizes.scarce <= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--scarce=", sizes.scarce, " is no share: it takes 0 to 1"));
}

// Groups a user can pick from must outnumber the memberships wanted, or sets of different groups
// are hard to find.
absl::Status CheckRoom(const Sizes& sizes, Shape shape) {
  const bool drawn =
      IsOrganised(shape) || shape == Shape::kDeepNesting || shape == Shape::kWideDiamonds;
  if (!drawn || sizes.memberships / sizes.users <= sizes.groups / 4) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--memberships=", sizes.memberships, " is ", sizes.memberships / sizes.users,
                   " a user, but --groups=", sizes.groups,
                   " allows a quarter of the groups; lower one or raise the other"));
}

// At most how many memberships are between groups.
int64_t MostNestings(const Sizes& sizes, Shape shape) {
  if (IsOrganised(shape)) return sizes.groups / 3 + 3;
  if (shape == Shape::kDeepNesting) return sizes.groups;
  if (shape == Shape::kWideDiamonds) return sizes.licensed_groups * int64_t{kDiamondEdges};
  return 0;
}

// Memberships between groups come out of the total; every user wants at least one of the rest.
absl::Status CheckNestings(const Sizes& sizes, Shape shape, bool nested) {
  const int64_t nestings = nested ? MostNestings(sizes, shape) : 0;
  if (sizes.memberships - nestings >= sizes.users) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--memberships=", sizes.memberships, " leaves too few for --users=", sizes.users,
                   " after up to ", nestings,
                   " between groups; raise it, lower --groups or take --nested=false"));
}

// Positions of kAllDifferent: one group of each is a digit of the user's number.
absl::Status CheckDigits(const Sizes& sizes) {
  const int64_t positions = sizes.memberships / sizes.users;
  const int64_t base = sizes.licensed_groups / positions;
  double numbers = 1;
  for (int64_t i = 0; i < positions && base > 1; ++i) numbers *= static_cast<double>(base);
  if (base >= 1 && numbers >= static_cast<double>(sizes.users)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "--users=", sizes.users, " cannot all be different with ", positions, " memberships in ",
      sizes.licensed_groups, " groups; raise --licensed_groups or --memberships"));
}

absl::Status Check(const Sizes& sizes, Shape shape, bool nested) {
  SEATWISE_RETURN_IF_ERROR(CheckRanges(sizes, shape));
  SEATWISE_RETURN_IF_ERROR(CheckRoom(sizes, shape));
  SEATWISE_RETURN_IF_ERROR(CheckNestings(sizes, shape, nested));
  return shape == Shape::kAllDifferent ? CheckDigits(sizes) : absl::OkStatus();
}

}  // namespace

bool IsOrganised(Shape shape) {
  return shape == Shape::kRealistic || shape == Shape::kAllContended ||
         shape == Shape::kSharedAddress;
}

absl::StatusOr<Options> Resolve(Preset preset, Shape shape, Mode mode, bool nested, uint64_t seed,
                                const Overrides& overrides) {
  SEATWISE_ASSIGN_OR_RETURN(const Sizes sizes, Fitter(shape, overrides, SizesOf(preset)).Fit());
  SEATWISE_RETURN_IF_ERROR(Check(sizes, shape, nested));
  return Options{.shape = shape,
                 .mode = mode,
                 .nested = nested,
                 .seed = seed,
                 .users = static_cast<uint32_t>(sizes.users),
                 .groups = static_cast<uint32_t>(sizes.groups),
                 .licensed_groups = static_cast<uint32_t>(sizes.licensed_groups),
                 .memberships = static_cast<uint64_t>(sizes.memberships),
                 .skus = static_cast<uint32_t>(sizes.skus),
                 .scarce = sizes.scarce};
}

}  // namespace seatwise::workload
