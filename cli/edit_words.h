// Changes in the words of an administrator, as `seatwise plan` and `seatwise apply` take them:
//
//   swap SPE_E3 for SPE_E5 in group/sales            set subscription/e5-2026 units=20
//   assign SPE_E5 to user/ana without SWAY           delete group/sales
//   unassign SPE_E5 from group/board                 add user/ana to group/board
//   remove user/ana from group/board
//
// Several stand one after the other with "and" between them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace seatwise::cli {

// "group/sales"; "tenant" has no id.
struct Target {
  std::string kind;
  std::string id;

  friend bool operator==(const Target&, const Target&) = default;
};

// FIELD=VALUE: what is before the first '='.
struct FieldEdit {
  std::string field;
  std::string value;

  friend bool operator==(const FieldEdit&, const FieldEdit&) = default;
};

struct SetEdit {
  Target target;
  std::vector<FieldEdit> fields;  // At least one.

  friend bool operator==(const SetEdit&, const SetEdit&) = default;
};

// With everything that names it.
struct DeleteEdit {
  Target target;

  friend bool operator==(const DeleteEdit&, const DeleteEdit&) = default;
};

// Users and groups below; SKUs and plans by id or name.
struct AssignEdit {
  std::string sku;
  std::vector<Target> to;
  std::vector<std::string> without;  // Plans.

  friend bool operator==(const AssignEdit&, const AssignEdit&) = default;
};

struct UnassignEdit {
  std::string sku;
  std::vector<Target> from;

  friend bool operator==(const UnassignEdit&, const UnassignEdit&) = default;
};

// Instead of one SKU the other, for who has the first assigned.
struct SwapEdit {
  std::string old_sku;
  std::string new_sku;
  std::vector<Target> in;

  friend bool operator==(const SwapEdit&, const SwapEdit&) = default;
};

// Into a group, or out of it.
struct MemberEdit {
  bool adds = false;
  std::vector<Target> members;
  std::string group;

  friend bool operator==(const MemberEdit&, const MemberEdit&) = default;
};

using Edit = std::variant<SetEdit, DeleteEdit, AssignEdit, UnassignEdit, SwapEdit, MemberEdit>;

// Whether an edit begins like this.
bool IsEditVerb(absl::string_view word);

// INVALID_ARGUMENT says what is missing and how it goes.
absl::StatusOr<std::vector<Edit>> ParseEdits(absl::Span<const std::string> words);

}  // namespace seatwise::cli
