#include "service/import_finish.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "service/commit.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/impact.h"
#include "service/import_changes.h"
#include "service/names.h"
#include "service/plan_token.h"
#include "service/proto_bytes.h"
#include "service/request_id.h"
#include "service/staged_facts.h"
#include "service/tenant_message.h"
#include "service/validation_status.h"
#include "service/write_call.h"
#include "storage/bulk_load.h"

namespace seatwise {
namespace {

using Finish = v1::ImportRequest::Finish;
using Finished = v1::ImportResponse::Finished;

absl::Status CheckForm(const Finish& finish) {
  if (finish.mode() != Finish::MERGE && finish.mode() != Finish::SNAPSHOT) {
    return FieldRequiredError("finish.mode");
  }
  if (finish.expected_revision() < 0) {
    return FieldError(v1::OUT_OF_RANGE, "finish.expected_revision", "is negative");
  }
  return absl::OkStatus();
}

// What a plan is about: how facts change. Equal imports have equal ones, however they came.
std::string DigestOf(const std::string& tenant, const ValidatedChangeSet& changes) {
  std::string bytes;
  for (const Fact& put : changes.puts()) {
    // Also the bytes of millions are never in memory at once.
    bytes = ChangesDigest(absl::StrCat(bytes, "put", SameBytesOf(ToBareProto(put))));
  }
  for (const FactKey& key : changes.deletes()) {
    bytes = ChangesDigest(absl::StrCat(bytes, "delete", NameOf(tenant, key)));
  }
  return ChangesDigest(bytes);
}

// By how many facts were added before it, where a fact was sent.
using BulkPlaces = absl::flat_hash_map<size_t, std::string>;

// One finish under way.
class Finisher {
 public:
  Finisher(Tenant& tenant, StagedFacts staged, const Finish& finish, size_t sample_size,
           int32_t limit)
      : tenant_(tenant),
        staged_(std::move(staged)),
        finish_(finish),
        sample_size_(sample_size),
        limit_(limit) {}

  using Answered = absl::StatusOr<std::shared_ptr<const Impact>>;

  Answered Repeat(const CommitOptions& options, Finished& response) {
    const auto make = [](const FactsSnapshot&) -> absl::StatusOr<ChangeSet> {
      return ErrorOf(v1::IMPORT_CLOSED, "the import is finished");
    };
    SEATWISE_ASSIGN_OR_RETURN(const CommitResult result, tenant_.Commit(make, options));
    return Answer(result, response);
  }

  Answered Run(CommitOptions options, Finished& response) {
    const int64_t chunks = staged_.note().chunks();
    if (chunks != finish_.last_chunk()) {
      return ErrorOf(v1::CHUNK_OUT_OF_ORDER,
                     absl::StrCat("the import has ", chunks, " chunks, not ", finish_.last_chunk(),
                                  "; send those that are missing"),
                     {{"next_chunk", absl::StrCat(chunks + 1)}});
    }
    options.reply = [this](const CommitResult& result) { return Reply(result); };
    SEATWISE_ASSIGN_OR_RETURN(const bool is_empty, IsEmpty());
    planned_ = options.plan;
    const int64_t facts = staged_.note().facts();
    absl::StatusOr<CommitResult> result;
    if (is_empty && facts >= kFewestInBulk) {
      // All facts are new; a plan knows them by how many they are, and by their effect.
      digest_ = ChangesDigest(absl::StrCat("fill ", facts));
      SEATWISE_RETURN_IF_ERROR(CheckDigest());
      result = FillInBulk(options);
    } else {
      result = Merge(std::move(options));
    }
    SEATWISE_RETURN_IF_ERROR(result.status());
    return Answer(*result, response);
  }

 private:
  absl::StatusOr<bool> IsEmpty() const {
    const TenantStatePtr state = tenant_.Published();
    for (size_t kind = 0; kind < kFactKinds; ++kind) {
      if (static_cast<FactKind>(kind) == FactKind::kTenantSettings) continue;
      SEATWISE_ASSIGN_OR_RETURN(const size_t count,
                                state->facts->Count(static_cast<FactKind>(kind)));
      if (count > 0) return false;
    }
    return true;
  }

  absl::StatusOr<CommitResult> FillInBulk(const CommitOptions& options) {
    counts_ = {.created = staged_.note().facts()};
    BulkPlaces places;
    const auto fill = [&](BulkLoad& load) { return Fill(load, places); };
    SEATWISE_ASSIGN_OR_RETURN(CommitResult result, tenant_.Fill(fill, options));
    if (result.errors.empty()) return result;
    return ValidationStatus(tenant_.id(), result.errors, result.more_errors,
                            [&](size_t fact) { return places[fact]; });
  }

  // Adds all facts, what is named before what names it, and the places of those that are wrong.
  absl::Status Fill(BulkLoad& load, BulkPlaces& places) const {
    FieldErrors unreadable;
    for (size_t kind = 0; kind < kFactKinds; ++kind) {
      if (static_cast<FactKind>(kind) == FactKind::kMembership) {
        SEATWISE_RETURN_IF_ERROR(staged_.ForEachMembership(
            unreadable, [&](absl::Span<const FactPlace> at, absl::Span<const MembershipView> rows) {
              return Placed(load, at, places, [&] { return load.AddMemberships(rows); });
            }));
        continue;
      }
      SEATWISE_RETURN_IF_ERROR(staged_.ForEachOf(
          static_cast<FactKind>(kind), unreadable, [&](const FactPlace& at, const Fact& fact) {
            return Placed(load, {at}, places, [&] { return load.Add(fact); });
          }));
    }
    return unreadable.ToStatus();
  }

  // Adds facts that are `at` places, and keeps the places of those that the load rejects.
  static absl::Status Placed(const BulkLoad& load, absl::Span<const FactPlace> at,
                             BulkPlaces& places, absl::FunctionRef<absl::Status()> add) {
    const size_t before = load.added();
    const size_t errors = load.errors().size();
    SEATWISE_RETURN_IF_ERROR(add());
    for (size_t i = errors; i < load.errors().size(); ++i) {
      const ValidationError& error = load.errors()[i];
      places[*error.change] = at[*error.change - before].Path(KindOf(error.fact));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<CommitResult> Merge(CommitOptions options) {
    ImportChanges changes(staged_, finish_.mode() == Finish::SNAPSHOT);
    options.guard = [this](const ValidatedChangeSet& valid, const FactsSnapshot& facts) {
      return Guard(valid, facts);
    };
    const auto make = [&](const FactsSnapshot& facts) -> absl::StatusOr<ChangeSet> {
      absl::StatusOr<ChangeSet> set = changes.Make(facts);
      counts_ = changes.counts();
      return set;
    };
    SEATWISE_ASSIGN_OR_RETURN(CommitResult result, tenant_.Commit(make, options));
    if (!result.errors.empty()) {
      return ValidationStatus(tenant_.id(), result.errors, result.more_errors,
                              [&](size_t change) { return changes.PathOf(change); });
    }
    // Where nothing is left to change nobody has looked.
    if (!result.replayed) SEATWISE_RETURN_IF_ERROR(CheckDigest());
    return result;
  }

  absl::Status CheckDigest() const {
    if (!planned_.has_value() || planned_->changes == digest_) return absl::OkStatus();
    return PlanStaleError(
        absl::StrCat("the facts that would change are not those of the plan, which is of revision ",
                     planned_->revision, ": the import is another one, or the tenant has changed"));
  }

  absl::Status Guard(const ValidatedChangeSet& changes, const FactsSnapshot& facts) {
    if (finish_.validate_only() || planned_.has_value()) digest_ = DigestOf(tenant_.id(), changes);
    SEATWISE_RETURN_IF_ERROR(CheckDigest());
    if (finish_.mode() != Finish::SNAPSHOT || finish_.override_removal_guard()) {
      return absl::OkStatus();
    }
    SEATWISE_ASSIGN_OR_RETURN(blocked_, TakesTooMuch(changes, facts));
    if (!blocked_ || finish_.validate_only()) return absl::OkStatus();
    return ErrorOf(v1::REMOVAL_GUARD,
                   "the snapshot takes more than 10 % of the users, memberships or assignments; "
                   "look at the impact with validate_only, then set override_removal_guard",
                   {{"removed", absl::StrCat(changes.deletes().size())}});
  }

  void FillCounts(const CommitResult& result, Finished& message) const {
    FillResult(tenant_.id(), result, *message.mutable_result());
    message.set_facts_created(counts_.created);
    message.set_facts_changed(counts_.changed);
    message.set_facts_deleted(counts_.deleted);
    message.set_facts_unchanged(counts_.unchanged);
  }

  // Without the impact, which may be large: it is of no use to who asks again.
  std::string Reply(const CommitResult& result) const {
    Finished kept;
    FillCounts(result, kept);
    return kept.SerializeAsString();
  }

  Answered Answer(const CommitResult& result, Finished& response) const {
    if (result.replayed) {
      if (response.ParseFromString(result.reply)) return nullptr;
      return absl::DataLossError("the answer that was kept with the request id cannot be read");
    }
    FillCounts(result, response);
    std::shared_ptr<const Impact> impact = ImpactOf(result);
    *response.mutable_impact() = ToProto(*impact, sample_size_, limit_);
    if (finish_.validate_only()) {
      response.set_blocked_by_removal_guard(blocked_);
      response.set_plan_token(ToText(PlanTokenOf(digest_, result.revision, *result.delta,
                                                 *result.before->live, *result.after->live)));
    }
    return impact;
  }

  Tenant& tenant_;
  const StagedFacts staged_;
  const Finish& finish_;
  const size_t sample_size_;
  const int32_t limit_;  // What the removal guard is told by.
  ImportCounts counts_;
  bool blocked_ = false;  // By the removal guard.
  std::optional<PlanToken> planned_;
  std::string digest_ =
      ChangesDigest("");  // How facts change, where a plan is made or carried out.
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Impact>> FinishImport(Tenant& tenant, const std::string& actor,
                                                           const std::string& import_id,
                                                           const ImportNote& note,
                                                           const Finish& finish,
                                                           Finished& response) {
  SEATWISE_RETURN_IF_ERROR(CheckForm(finish));
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample_size, SampleSizeOf(finish.sample_size()));
  CommitOptions options{.actor = actor, .method = "Import"};
  SEATWISE_ASSIGN_OR_RETURN(options.request, RequestKeyOf(finish));
  // The same words about another import are another request.
  if (options.request.has_value()) options.request->digest += import_id;
  options.validate_only = finish.validate_only();
  if (finish.expected_revision() > 0) {
    options.expected_revision = static_cast<uint64_t>(finish.expected_revision());
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<int32_t> asked, RemovalLimitOf(finish));
  SEATWISE_ASSIGN_OR_RETURN(options.max_removed_percent, RemovalLimitIn(tenant, asked));
  if (!finish.plan_token().empty()) {
    options.plan = ParsePlanToken(finish.plan_token());
    if (!options.plan.has_value()) return InvalidPlanTokenError();
  }
  Finisher finisher(tenant, StagedFacts(tenant, import_id, note), finish, sample_size,
                    options.max_removed_percent.value_or(kRemovalLimit));
  return note.finished() ? finisher.Repeat(options, response)
                         : finisher.Run(std::move(options), response);
}

}  // namespace seatwise
