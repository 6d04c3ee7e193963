// bazel run -c opt //bench/workload:generate -- --preset=L --seed=1 --out=DIR
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_format.h"
#include "base/process_stats.h"
#include "base/status_macros.h"
#include "bench/workload/generator.h"
#include "bench/workload/options.h"

namespace {

using seatwise::workload::FileSize;
using seatwise::workload::Generate;
using seatwise::workload::Mode;
using seatwise::workload::Options;
using seatwise::workload::Overrides;
using seatwise::workload::Preset;
using seatwise::workload::Resolve;
using seatwise::workload::Shape;
using seatwise::workload::Summary;

constexpr char kUsage[] =
    R"(Writes a large, realistic or adversarial tenant as an interchange folder.

  generate --preset=L --seed=1 --out=DIR

Presets (users / groups / licensed groups / memberships / SKUs / scarce SKUs):
  S      10,000 /   2,000 /    100 /    100,000 /  20 / 25 %
  M     100,000 /  20,000 /    400 /  1,000,000 /  40 / 25 %
  L   1,000,000 /  50,000 /  1,500 / 10,000,000 /  60 / 25 %
  XL  2,200,000 /  60,000 / 15,000 / 22,000,000 / 300 / 15 %
  XXL 5,000,000 / 200,000 / 20,000 / 50,000,000 / 300 / 15 %

Shapes:
  realistic         an organisation: departments, communities, Zipf teams, nesting, cycles
  all_contended     realistic, every SKU short of seats
  shared_address    realistic, one address shared by a tenth of the users, others by 2,000
  one_group         everybody in one group with all SKUs (4 unless --skus)
  all_different     no two users in the same set of licensed groups
  many_assignments  1,000 claims a user (200 SKUs unless --skus; users = memberships / 1,000)
  deep_nesting      chains of 50 groups, licensed at the top and half-way
  wide_diamonds     4 layers of 16 groups between top and bottom: 65,536 paths
  healing_chains    chains of requirements healed one claim at a time (rule G2); as long as
                    there are SKUs (200 unless --skus); users = memberships / SKUs

Sizes that a shape decides itself cannot be set. Same flags and seed, same bytes.)";

}  // namespace

ABSL_FLAG(Preset, preset, Preset::kS, "Sizes to start from: S, M, L, XL or XXL.");
ABSL_FLAG(Shape, shape, Shape::kRealistic, "Form of the tenant; see above.");
ABSL_FLAG(Mode, mode, Mode::kSkuIndependent, "Assignment mode: sku_independent or group_atomic.");
ABSL_FLAG(bool, nested, true,
          "Whether groups contain groups; if false, nested_groups is off and none does.");
ABSL_FLAG(uint64_t, seed, 1, "Every seed gives another tenant of the same form.");
ABSL_FLAG(std::string, out, "", "Folder to write; created if it does not exist. Required.");
ABSL_FLAG(std::optional<int64_t>, users, std::nullopt, "Users, instead of the preset's.");
ABSL_FLAG(std::optional<int64_t>, groups, std::nullopt, "Groups, instead of the preset's.");
ABSL_FLAG(std::optional<int64_t>, licensed_groups, std::nullopt,
          "Groups with assignments, instead of the preset's.");
ABSL_FLAG(std::optional<int64_t>, memberships, std::nullopt,
          "Memberships of users and groups in groups, instead of the preset's.");
ABSL_FLAG(std::optional<int64_t>, skus, std::nullopt, "SKUs, instead of the preset's.");
ABSL_FLAG(std::optional<double>, scarce, std::nullopt,
          "Share (0 to 1) of the SKUs with fewer seats than users that ask for them.");

namespace {

Overrides OverridesFromFlags() {
  return {.users = absl::GetFlag(FLAGS_users),
          .groups = absl::GetFlag(FLAGS_groups),
          .licensed_groups = absl::GetFlag(FLAGS_licensed_groups),
          .memberships = absl::GetFlag(FLAGS_memberships),
          .skus = absl::GetFlag(FLAGS_skus),
          .scarce = absl::GetFlag(FLAGS_scarce)};
}

// `bazel run` starts programs in a folder of its own; a relative path means the caller's.
absl::StatusOr<std::string> FolderFromFlags() {
  const std::string out = absl::GetFlag(FLAGS_out);
  if (out.empty()) return absl::InvalidArgumentError("--out=FOLDER is missing");
  const char* caller = std::getenv("BUILD_WORKING_DIRECTORY");
  if (caller == nullptr) return out;
  return (std::filesystem::path(caller) / out).string();
}

void Print(const Options& options, const Summary& summary) {
  uint64_t rows = 0;
  uint64_t bytes = 0;
  absl::PrintF("%-28s %12s %15s\n", "file", "rows", "bytes");
  for (const FileSize& file : summary.files) {
    absl::PrintF("%-28s %12d %15d\n", file.name, file.rows, file.bytes);
    rows += file.rows;
    bytes += file.bytes;
  }
  absl::PrintF("%-28s %12d %15d\n\n", "all", rows, bytes);
  absl::PrintF("claims: %d, %.2f a user\n", summary.claims,
               static_cast<double>(summary.claims) / options.users);
  absl::PrintF("scarce SKUs: %d of %d; %d users (%.1f %%) ask for one\n", summary.scarce_skus,
               options.skus, summary.touching, 100.0 * summary.touching / options.users);
  absl::PrintF("seconds: %.1f drawing, %.1f writing; peak memory: %d MB\n", summary.draw_seconds,
               summary.write_seconds, seatwise::PeakResidentBytes() >> 20);
}

absl::Status Run(const std::vector<char*>& arguments) {
  if (arguments.size() > 1) {
    return absl::InvalidArgumentError(
        absl::StrFormat("'%s' is not a flag; flags are written --name=value", arguments[1]));
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::string folder, FolderFromFlags());
  SEATWISE_ASSIGN_OR_RETURN(
      const Options options,
      Resolve(absl::GetFlag(FLAGS_preset), absl::GetFlag(FLAGS_shape), absl::GetFlag(FLAGS_mode),
              absl::GetFlag(FLAGS_nested), absl::GetFlag(FLAGS_seed), OverridesFromFlags()));
  SEATWISE_ASSIGN_OR_RETURN(const Summary summary, Generate(options, folder));
  Print(options, summary);
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(kUsage);
  const absl::Status status = Run(absl::ParseCommandLine(argc, argv));
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "generate: " << status.message() << "; see --help\n";
  return EXIT_FAILURE;
}
