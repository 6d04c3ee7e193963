#include "cli/summary_json.h"

#include <nlohmann/json.hpp>

#include "absl/strings/string_view.h"
#include "base/process_stats.h"
#include "engine/batch/batch.h"

namespace seatwise::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string StringOf(absl::string_view text) { return std::string(text); }

// Bytes that are not UTF-8 are replaced: dump would throw.
std::string Dump(const Json& json) {
  return json.dump(/*indent=*/2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) +
         "\n";
}

Json FilesJson(const ReadReport& report) {
  Json files = Json::array();
  for (const ReadReport::FileCount& file : report.files) {
    files.push_back({{"file", file.file}, {"rows", file.rows}, {"bytes", file.bytes}});
  }
  return files;
}

Json ClaimsJson(const ClaimCounts& claims) {
  return {{"total", claims.granted + claims.rejected},
          {"granted", claims.granted},
          {"rejected", claims.rejected}};
}

Json ViolationsJson(const ClaimCounts& claims) {
  Json json = Json::object();
  for (int i = 0; i < kViolationCodes; ++i) {
    json[StringOf(ViolationName(static_cast<ViolationCode>(i)))] =
        claims.items_by_code[static_cast<size_t>(i)];
  }
  return json;
}

Json LicensesJson(const Summary& summary) {
  Json json = Json::object();
  for (int i = 0; i < kLicenseStates; ++i) {
    json[StringOf(LicenseStateName(static_cast<LicenseState>(i)))] =
        summary.licenses[static_cast<size_t>(i)];
  }
  return json;
}

Json CapacityJson(int64_t capacity) {
  return capacity == kUnlimited ? Json("unlimited") : Json(capacity);
}

Json SeatsJson(const Summary& summary) {
  Json json = Json::array();
  for (const NamedSeats& seats : summary.seats) {
    const SeatUsage& usage = seats.usage;
    json.push_back({{"sku_id", usage.sku.value()},
                    {"part_number", seats.part_number},
                    {"display_name", seats.display_name},
                    {"usable", usage.usable},
                    {"parked", usage.parked},
                    {"capacity", CapacityJson(usage.capacity)},
                    {"consumed", usage.consumed},
                    {"available", usage.available()},
                    {"waiting", usage.waiting},
                    {"overrun", usage.overrun()},
                    {"off", usage.off()}});
  }
  return json;
}

Json WarningsJson(const std::vector<Warning>& warnings) {
  Json json = Json::array();
  for (const Warning& warning : warnings) {
    json.push_back(
        {{"reason", StringOf(WarningName(warning.reason))}, {"message", warning.message}});
  }
  return json;
}

Json StatisticsJson(const BatchStatistics& statistics) {
  return {{"classes", statistics.classes},
          {"outcomes", statistics.outcomes},
          {"contended_skus", statistics.contended_skus},
          {"users_alone", statistics.users_alone},
          {"users_queued", statistics.users_queued},
          {"queue_entries", statistics.queue_entries}};
}

void AddCounts(const Summary& s, Json& json) {
  json["users"] = s.users;
  json["groups"] = s.groups;
  json["licensed_groups"] = s.licensed_groups;
  json["memberships"] = s.user_memberships + s.group_memberships;
  json["group_memberships"] = s.group_memberships;
  json["assignments"] = s.direct_assignments + s.group_assignments;
  json["direct_assignments"] = s.direct_assignments;
  json["skus"] = s.skus;
  json["service_plans"] = s.service_plans;
  json["claims"] = ClaimsJson(s.claims);
  json["users_with_claims"] = s.claims.users_with_claims;
  json["users_with_rejected_claims"] = s.claims.users_with_errors;
  json["users_without_license"] = s.users_without_license;
  json["users_active_with_error"] = s.users_active_with_error;
  json["licenses"] = LicensesJson(s);
  json["rejected_items"] = ViolationsJson(s.claims);
  json["seats"] = SeatsJson(s);
}

}  // namespace

std::string SummaryJson(const Summary& summary, const Reconciliation& run, const std::string& from,
                        const std::string& out) {
  Json json = {{"from", from}, {"out", out.empty() ? Json(nullptr) : Json(out)}};
  json["threads"] = run.threads();
  json["files"] = FilesJson(run.report());
  AddCounts(summary, json);
  json["warnings"] = WarningsJson(run.warnings());
  json["statistics"] = StatisticsJson(run.state().statistics());
  json["seconds"] = {{"read", run.read().seconds},
                     {"derive", run.derive().seconds},
                     {"write", run.write().seconds}};
  json["peak_rss_bytes_after"] = {{"read", run.read().peak_bytes},
                                  {"derive", run.derive().peak_bytes},
                                  {"write", run.write().peak_bytes}};
  json["peak_rss_bytes"] = PeakResidentBytes();
  return Dump(json);
}

std::string RejectionJson(const ReadReport& report) {
  Json errors = Json::array();
  for (const RowError& error : report.errors) {
    errors.push_back({{"file", error.file},
                      {"line", error.line},
                      {"column", error.column},
                      {"reason", error.reason}});
  }
  return Dump({{"error_count", report.error_count}, {"errors", std::move(errors)}});
}

}  // namespace seatwise::cli
