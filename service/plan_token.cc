#include "service/plan_token.h"

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "engine/model/derived.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "service/errors.h"

namespace seatwise {
namespace {

namespace io = google::protobuf::io;

constexpr int kDigestBytes = 16;
constexpr char kVersion = 1;

void AddNumber(Sha256& sha, uint64_t number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(number >> (8 * i)));
  sha.Add(bytes);
}

// So that no two lists of texts read alike.
void AddText(Sha256& sha, absl::string_view text) {
  AddNumber(sha, text.size());
  sha.Add(text);
}

void AddValue(Sha256& sha, const std::optional<LicenseValue>& value) {
  if (!value.has_value()) {
    AddText(sha, "none");
    return;
  }
  AddText(sha, LicenseStateName(value->state));
  AddNumber(sha, value->enabled_plans.size());
  for (const PlanId& plan : value->enabled_plans) AddText(sha, plan.value());
}

bool Held(const std::optional<LicenseValue>& value) {
  return value.has_value() && value->state != LicenseState::kError;
}

void AddCounts(const LicenseDelta::Run& run, PlanToken& token) {
  const auto users = static_cast<int64_t>(run.users.size());
  if (Held(run.before) == Held(run.after)) {
    token.changed += users;
  } else {
    (Held(run.after) ? token.gained : token.lost) += users;
  }
}

// The numbers of existing users as they lie in memory, up to the first that is new.
size_t AddOldUsers(Sha256& sha, const std::vector<uint32_t>& users, uint32_t first_new) {
  std::string bytes;
  size_t i = 0;
  for (; i < users.size() && users[i] < first_new; ++i) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<char>(users[i] >> shift));
    }
  }
  sha.Add(bytes);
  return i;
}

std::string InWords(const PlanToken& token, absl::string_view does) {
  return absl::StrCat("at revision ", token.revision, " they ", does, " ", token.gained,
                      " licenses, take ", token.lost, " and change ", token.changed);
}

}  // namespace

std::string ToText(const PlanToken& token) {
  std::string bytes;
  {
    io::StringOutputStream stream(&bytes);
    io::CodedOutputStream out(&stream);
    out.WriteString(std::string(1, kVersion));
    out.WriteVarint64(token.revision);
    for (int64_t count : {token.gained, token.lost, token.changed}) {
      out.WriteVarint64(static_cast<uint64_t>(count));
    }
    out.WriteString(token.changes);
    out.WriteString(token.effect);
  }
  return absl::WebSafeBase64Escape(bytes);
}

std::optional<PlanToken> ParsePlanToken(absl::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes)) return std::nullopt;
  const auto size = static_cast<int>(bytes.size());
  io::CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), size);
  PlanToken token;
  std::string version;
  if (!in.ReadString(&version, 1) || version.front() != kVersion) return std::nullopt;
  if (!in.ReadVarint64(&token.revision)) return std::nullopt;
  for (int64_t* count : {&token.gained, &token.lost, &token.changed}) {
    uint64_t number = 0;
    if (!in.ReadVarint64(&number)) return std::nullopt;
    *count = static_cast<int64_t>(number);
  }
  if (!in.ReadString(&token.changes, kDigestBytes)) return std::nullopt;
  if (!in.ReadString(&token.effect, kDigestBytes)) return std::nullopt;
  if (in.CurrentPosition() != size) return std::nullopt;
  return token;
}

std::string ChangesDigest(absl::string_view bytes) {
  return Sha256Of(bytes).substr(0, kDigestBytes);
}

PlanToken PlanTokenOf(std::string changes, uint64_t revision, const LicenseDelta& delta,
                      const LiveState& before, const LiveState& after) {
  PlanToken token{.revision = revision, .changes = std::move(changes)};
  Sha256 sha;
  const uint32_t first_new = before.next_numbers().user;
  for (const LicenseDelta::Run& run : delta.runs) {
    AddCounts(run, token);
    AddText(sha, run.sku.value());
    AddValue(sha, run.before);
    AddValue(sha, run.after);
    AddNumber(sha, run.users.size());
    for (size_t i = AddOldUsers(sha, run.users, first_new); i < run.users.size(); ++i) {
      AddText(sha, after.UserIdOf(run.users[i]));
    }
  }
  token.effect = sha.Finish().substr(0, kDigestBytes);
  return token;
}

absl::Status CheckEffect(const PlanToken& planned, const PlanToken& now) {
  if (planned.effect == now.effect) return absl::OkStatus();
  const bool same_counts =
      planned.gained == now.gained && planned.lost == now.lost && planned.changed == now.changed;
  return PlanStaleError(
      absl::StrCat(
          "the changes would no longer do what the plan showed: ", InWords(planned, "were to give"),
          "; ", InWords(now, "would give"), same_counts ? ", but other ones" : ""),
      {{"planned_revision", absl::StrCat(planned.revision)},
       {"planned_gained", absl::StrCat(planned.gained)},
       {"planned_lost", absl::StrCat(planned.lost)},
       {"planned_changed", absl::StrCat(planned.changed)},
       {"revision", absl::StrCat(now.revision)},
       {"gained", absl::StrCat(now.gained)},
       {"lost", absl::StrCat(now.lost)},
       {"changed", absl::StrCat(now.changed)}});
}

}  // namespace seatwise
