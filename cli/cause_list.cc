#include "cli/cause_list.h"

#include <cstdint>

#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "cli/pages.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

constexpr absl::string_view kListCauses = "seatwise.v1.ExplainService/ListViolationCauses";

// A server looks for fixes of a page for some seconds at most: of few causes it finds all.
constexpr int kFixesPageSize = 100;

}  // namespace

absl::StatusOr<v1::ListViolationCausesResponse> ListCauses(
    Client& client, const v1::ListViolationCausesRequest& request) {
  v1::ListViolationCausesResponse all;
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListViolationCausesResponse>(
      client, kListCauses, request, [&](const v1::ListViolationCausesResponse& page) {
        all.MergeFrom(page);
        return true;
      }));
  return all;
}

absl::StatusOr<v1::ListViolationCausesResponse> ListCausesWithFixes(
    Client& client, v1::ListViolationCausesRequest request, const Progress& progress) {
  int64_t total = 0;
  if (progress) {
    request.set_include_fixes(false);
    SEATWISE_ASSIGN_OR_RETURN(const v1::ListViolationCausesResponse causes,
                              ListCauses(client, request));
    total = causes.causes_size();
  }
  request.set_include_fixes(true);
  v1::ListViolationCausesResponse all;
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListViolationCausesResponse>(
      client, kListCauses, request,
      [&](const v1::ListViolationCausesResponse& page) {
        all.MergeFrom(page);
        if (progress) progress(all.causes_size(), total);
        return true;
      },
      kFixesPageSize));
  return all;
}

}  // namespace seatwise::cli
