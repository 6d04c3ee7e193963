#include "engine/model/change_checker.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/fact_limits.h"
#include "engine/model/limits.h"

namespace seatwise {
namespace {

std::string NameOf(size_t change) { return absl::StrCat("changes[", change, "]"); }

}  // namespace

absl::Status ChangeChecker::Check() {
  SEATWISE_ASSIGN_OR_RETURN(overflows_, FindOverflows(changes_, index_, stored_));
  for (size_t i = 0; i < changes_.changes.size(); ++i) {
    const FactKey key = KeyOf(changes_.changes[i]);
    const Subject subject{.change = i, .key = key};
    if (const Put* put = std::get_if<Put>(&changes_.changes[i])) {
      SEATWISE_RETURN_IF_ERROR(CheckPut(subject, put->fact));
    } else {
      const Delete& deletion = std::get<Delete>(changes_.changes[i]);
      SEATWISE_RETURN_IF_ERROR(CheckDelete(subject, deletion.cascade));
    }
  }
  return absl::OkStatus();
}

absl::Status ChangeChecker::CheckPut(Subject subject, const Fact& fact) {
  const std::vector<FormFlaw> flaws = CheckForm(fact);
  AddFlaws(subject, flaws);
  CheckOnce(subject);
  SEATWISE_RETURN_IF_ERROR(CheckReferences(subject, fact, flaws.empty()));
  CheckLimit(subject);
  return absl::OkStatus();
}

absl::Status ChangeChecker::CheckDelete(Subject subject, bool cascade) {
  const std::vector<FormFlaw> flaws = CheckForm(subject.key);
  AddFlaws(subject, flaws);
  if (KindOf(subject.key) == FactKind::kTenantSettings) {
    Add(subject, ErrorReason::kSettingsRequired, "",
        "the tenant's settings cannot be deleted; put the default settings instead");
  }
  if (!CheckOnce(subject) || !flaws.empty()) return absl::OkStatus();
  SEATWISE_RETURN_IF_ERROR(CheckExistence(subject));
  return CheckUse(subject, cascade);
}

// Step 1.
void ChangeChecker::AddFlaws(Subject subject, const std::vector<FormFlaw>& flaws) {
  for (const FormFlaw& flaw : flaws) {
    Add(subject, flaw.reason, flaw.field,
        absl::StrCat(Describe(subject.key), flaw.field.empty() ? " " : ": ", flaw.field,
                     flaw.field.empty() ? "" : " ", flaw.problem));
  }
}

// Step 2. Answers whether the key is named here for the first time.
bool ChangeChecker::CheckOnce(Subject subject) {
  const size_t first = index_.Find(subject.key)->change;
  if (first == subject.change) return true;
  Add(subject, ErrorReason::kRepeatedKey, "",
      absl::StrCat(Describe(subject.key), " is named by ", NameOf(first),
                   " already; say it in one change"));
  return false;
}

// Step 3.
absl::Status ChangeChecker::CheckExistence(Subject subject) {
  SEATWISE_ASSIGN_OR_RETURN(const bool is_there, stored_.Contains(subject.key));
  if (is_there) return absl::OkStatus();
  Add(subject, ErrorReason::kNotFound, "",
      absl::StrCat(Describe(subject.key), " does not exist; drop this change"));
  return absl::OkStatus();
}

// Step 4.
absl::Status ChangeChecker::CheckReferences(Subject subject, const Fact& fact, bool well_formed) {
  absl::Status status;
  ForEachReference(fact, [&](Link link, const FactKey& target) {
    if (!well_formed && !CheckForm(target).empty()) return;
    status.Update(CheckReference(subject, link, target));
  });
  return status;
}

absl::Status ChangeChecker::CheckReference(Subject subject, Link link, const FactKey& target) {
  const NamedKey* named = index_.Find(target);
  if (named != nullptr && named->is_put) return absl::OkStatus();
  if (named == nullptr) {
    SEATWISE_ASSIGN_OR_RETURN(const bool is_there, stored_.Contains(target));
    if (is_there) return absl::OkStatus();
  }
  Add(subject, ErrorReason::kMissingReference, FieldOf(link),
      absl::StrCat(Describe(subject.key), ": ", FieldOf(link), " names ", Describe(target),
                   named == nullptr ? ", which does not exist; put it too, or drop this change"
                                    : absl::StrCat(", which ", NameOf(named->change),
                                                   " deletes; drop one of the two changes")));
  return absl::OkStatus();
}

// Step 5.
absl::Status ChangeChecker::CheckUse(Subject subject, bool cascade) {
  if (KindOf(subject.key) == FactKind::kSku && !cascade) {
    SEATWISE_RETURN_IF_ERROR(CheckPlansOfSku(subject));
  }
  for (const DeletionRule& rule : DeletionRulesOf(KindOf(subject.key))) {
    const bool follows = cascade || rule.fate == DependentFate::kGoesAlong;
    SEATWISE_RETURN_IF_ERROR(follows ? cascade_.Follow(subject.change, subject.key, rule)
                                     : CheckNobodyUses(subject, rule));
  }
  return absl::OkStatus();
}

absl::Status ChangeChecker::CheckPlansOfSku(Subject subject) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, stored_.Find(subject.key));
  if (!fact || std::get<Sku>(*fact).plans.empty()) return absl::OkStatus();
  Add(subject, ErrorReason::kInUse, "cascade",
      absl::StrCat(Describe(subject.key), " has plans; set cascade to delete it with them"));
  return absl::OkStatus();
}

absl::Status ChangeChecker::CheckNobodyUses(Subject subject, const DeletionRule& rule) {
  std::optional<FactKey> user;
  SEATWISE_RETURN_IF_ERROR(
      stored_.ForEachDependent(subject.key, rule.link, [&](const FactKey& dependent) {
        if (index_.Find(dependent) != nullptr || index_.TakesAlong(dependent)) return true;
        user = dependent;
        return false;
      }));
  if (!user) return absl::OkStatus();
  const absl::string_view kinds = KindNames(NamingKind(rule.link));
  Add(subject, ErrorReason::kInUse, "cascade",
      absl::StrCat(Describe(subject.key), " is in use by ", kinds, ", such as ", Describe(*user),
                   "; set cascade to ",
                   rule.fate == DependentFate::kShrinks ? "take it out of these " : "delete these ",
                   kinds, ", or change them in the same set"));
  return absl::OkStatus();
}

// Step 6.
void ChangeChecker::CheckLimit(Subject subject) {
  const FactKind kind = KindOf(subject.key);
  if (overflows_[static_cast<size_t>(kind)] != subject.change) return;
  Add(subject, ErrorReason::kTooMany, "",
      absl::StrCat(Describe(subject.key), " does not fit: a tenant has at most ", MaxFacts(kind),
                   " ", KindNames(kind), "; delete some"));
}

void ChangeChecker::Add(Subject subject, ErrorReason reason, absl::string_view field,
                        std::string message) {
  if (errors_.size() == kMaxReportedErrors) {
    ++more_errors_;
    return;
  }
  errors_.push_back({.reason = reason,
                     .change = subject.change,
                     .fact = subject.key,
                     .field = std::string(field),
                     .message = std::move(message)});
}

}  // namespace seatwise
