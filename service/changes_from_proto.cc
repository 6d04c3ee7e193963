#include "service/changes_from_proto.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/quoted.h"
#include "service/facts_to_proto.h"
#include "service/names.h"

namespace seatwise {
namespace {

// The field of a Fact that is set: "user".
std::string KindField(const v1::Fact& fact) {
  const auto* field = v1::Fact::descriptor()->FindFieldByNumber(fact.fact_case());
  return field == nullptr ? "" : field->name();
}

// What is wrong with the only field of an error.
std::string ProblemOf(const absl::Status& status) {
  const google::rpc::BadRequest listed = BadRequestOf(status);
  return listed.field_violations_size() > 0 ? listed.field_violations(0).description() : "";
}

InputChange PutOf(const v1::Fact& put, const std::string& path, absl::string_view tenant, Time now,
                  FieldErrors& errors) {
  const InputScope scope{.tenant = tenant, .path = path, .within = {}, .absent_time = now};
  InputFact fact = FactOf(put, scope, errors);
  FactKey key = KeyOf(fact.fact);
  return {.key = std::move(key),
          .change = std::move(fact),
          .precondition = {},
          .path = absl::StrCat(path, ".", KindField(put))};
}

InputChange DeleteOf(const v1::DeleteFact& message, const std::string& path,
                     absl::string_view tenant, FieldErrors& errors) {
  const std::string field = absl::StrCat(path, ".name");
  absl::StatusOr<FactName> name = ParseFactName(message.name(), field);
  if (!name.ok()) {
    errors.Add(ReasonOf(name.status()), field, ProblemOf(name.status()));
    return {};
  }
  if (name->tenant != tenant) {
    errors.Add(v1::CONTRADICTION, field,
               absl::StrCat("is of tenant ", Quoted(name->tenant), "; the request is for tenant ",
                            Quoted(tenant)));
  }
  return {.key = name->key,
          .change = Delete{.key = name->key, .cascade = message.cascade()},
          .allow_missing = message.allow_missing(),
          .precondition = {},
          .path = path};
}

// Settles one change after the other.
class Settler {
 public:
  Settler(absl::string_view tenant, const FactsView& facts) : tenant_(tenant), facts_(facts) {}

  absl::Status Add(size_t number, const InputChange& input) {
    // Most changes need not know what is there.
    const auto* put = std::get_if<InputFact>(&input.change);
    const bool looks =
        input.precondition.precondition_case() != v1::Precondition::PRECONDITION_NOT_SET ||
        (put != nullptr ? put->time_left_out : input.allow_missing);
    std::optional<Fact> stored;
    if (looks) {
      SEATWISE_ASSIGN_OR_RETURN(stored, facts_.Find(input.key));
      SEATWISE_RETURN_IF_ERROR(Check(input, stored));
    }
    if (put != nullptr) {
      AddPut(number, *put, stored);
    } else if (!input.allow_missing || stored) {
      settled_.set.changes.emplace_back(std::get<Delete>(input.change));
      settled_.input.push_back(number);
    }
    return absl::OkStatus();
  }

  SettledChanges Take() && { return std::move(settled_); }

 private:
  absl::Status Check(const InputChange& input, const std::optional<Fact>& stored) const {
    const std::string name = NameOf(tenant_, input.key);
    switch (input.precondition.precondition_case()) {
      case v1::Precondition::kExists:
        if (input.precondition.exists() && !stored) return NotFoundError(name);
        if (!input.precondition.exists() && stored) return AlreadyExistsError(name);
        break;
      case v1::Precondition::kEtag: {
        if (!stored) return NotFoundError(name);
        const std::string etag = EtagOf(*stored);
        if (etag != input.precondition.etag()) return EtagMismatchError(name, etag);
        break;
      }
      case v1::Precondition::PRECONDITION_NOT_SET:
        break;
    }
    return absl::OkStatus();
  }

  void AddPut(size_t number, const InputFact& put, const std::optional<Fact>& stored) {
    InputFact fact = put;
    if (stored) KeepTime(*stored, fact);
    settled_.set.changes.emplace_back(Put{std::move(fact.fact)});
    settled_.input.push_back(number);
  }

  const absl::string_view tenant_;
  const FactsView& facts_;
  SettledChanges settled_;
};

}  // namespace

std::vector<InputChange> InputChangesOf(
    const google::protobuf::RepeatedPtrField<v1::Change>& changes, absl::string_view tenant,
    absl::string_view path, Time now, FieldErrors& errors) {
  std::vector<InputChange> inputs;
  inputs.reserve(static_cast<size_t>(changes.size()));
  for (const v1::Change& change : changes) {
    const std::string place = absl::StrCat(path, "[", inputs.size(), "]");
    switch (change.change_case()) {
      case v1::Change::kPut:
        inputs.push_back(PutOf(change.put(), absl::StrCat(place, ".put"), tenant, now, errors));
        break;
      case v1::Change::kDelete:
        inputs.push_back(
            DeleteOf(change.delete_(), absl::StrCat(place, ".delete"), tenant, errors));
        break;
      case v1::Change::CHANGE_NOT_SET:
        errors.Add(v1::FIELD_REQUIRED, place, "is empty: set put or delete");
        inputs.emplace_back();
        break;
    }
    inputs.back().precondition = change.precondition();
  }
  return inputs;
}

absl::StatusOr<SettledChanges> Settle(absl::Span<const InputChange> changes,
                                      absl::string_view tenant, const FactsView& facts) {
  Settler settler(tenant, facts);
  for (size_t i = 0; i < changes.size(); ++i) {
    SEATWISE_RETURN_IF_ERROR(settler.Add(i, changes[i]));
  }
  return std::move(settler).Take();
}

}  // namespace seatwise
