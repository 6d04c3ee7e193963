#include "service/import_changes.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/reference.h"

namespace seatwise {
namespace {

constexpr size_t kPage = 10'000;

std::pair<uint64_t, uint64_t> DigestOf(const FactKey& key) {
  const auto salted = [&](int salt) {
    return std::visit([&](const auto& value) { return absl::HashOf(salt, key.index(), value); },
                      key);
  };
  return {salted(1), salted(2)};
}

size_t CountDeleted(const ValidatedChangeSet& changes, FactKind kind) {
  size_t count = 0;
  for (const FactKey& key : changes.deletes()) {
    if (KindOf(key) == kind) ++count;
  }
  return count;
}

}  // namespace

absl::StatusOr<ChangeSet> ImportChanges::Make(const FactsSnapshot& facts) {
  SEATWISE_RETURN_IF_ERROR(FindKeys());
  SEATWISE_RETURN_IF_ERROR(errors_.ToStatus());
  if (snapshot_) SEATWISE_RETURN_IF_ERROR(AddDeletions(facts));
  SEATWISE_RETURN_IF_ERROR(
      staged_.ForEach(errors_, [&](const FactPlace& place, Fact fact) -> absl::Status {
        return AddPut(facts, place, std::move(fact));
      }));
  return std::move(set_);
}

absl::Status ImportChanges::FindKeys() {
  return staged_.ForEach(errors_, [&](const FactPlace& place, const Fact& fact) {
    const FactKey key = KeyOf(fact);
    if (!seen_.insert(DigestOf(key)).second) {
      errors_.Add(v1::REPEATED_KEY, place.Path(KindOf(fact)),
                  absl::StrCat(Describe(key), " is in the import twice"));
    }
    return absl::OkStatus();
  });
}

absl::Status ImportChanges::AddDeletions(const FactsSnapshot& facts) {
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    if (static_cast<FactKind>(kind) == FactKind::kTenantSettings) continue;
    std::string cursor;
    do {
      SEATWISE_ASSIGN_OR_RETURN(FactPage page,
                                facts.List(static_cast<FactKind>(kind), cursor, kPage));
      for (const Fact& fact : page.facts) {
        FactKey key = KeyOf(fact);
        if (seen_.contains(DigestOf(key))) continue;
        // What stands on it is deleted as well, or put; but the plans of a SKU stand in its way.
        const bool cascade = KindOf(key) == FactKind::kSku;
        deleted_.insert(key);
        ++counts_.deleted;
        SEATWISE_RETURN_IF_ERROR(Add(Delete{std::move(key), cascade}, {}));
      }
      cursor = std::move(page.next);
    } while (!cursor.empty());
  }
  return absl::OkStatus();
}

absl::Status ImportChanges::AddPut(const FactsSnapshot& facts, const FactPlace& place, Fact fact) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> stored, facts.Find(KeyOf(fact)));
  const bool same = stored.has_value() && *stored == Normalised(fact);
  ++(same ? counts_.unchanged : stored.has_value() ? counts_.changed : counts_.created);
  // One that names what is deleted must meet the door, and not go along silently.
  if (same && !NamesDeleted(fact)) return absl::OkStatus();
  return Add(Put{std::move(fact)}, place);
}

absl::Status ImportChanges::Add(Change change, const FactPlace& place) {
  if (set_.changes.size() >= kMostImportChanges) {
    return ErrorOf(v1::TOO_MANY,
                   absl::StrCat("the import changes more than ", kMostImportChanges,
                                " facts of a tenant that holds facts; import them in parts that "
                                "merge, each a revision, or all into a new tenant, which takes any "
                                "number"),
                   {{"limit", absl::StrCat(kMostImportChanges)}});
  }
  places_.emplace_back(place, KindOf(KeyOf(change)));
  set_.changes.push_back(std::move(change));
  return absl::OkStatus();
}

bool ImportChanges::NamesDeleted(const Fact& fact) const {
  if (deleted_.empty()) return false;
  bool names = false;
  ForEachReference(fact, [&](Link, const FactKey& key) { names |= deleted_.contains(key); });
  return names;
}

std::string ImportChanges::PathOf(size_t change) const {
  const auto& [place, kind] = places_[change];
  return place.chunk == 0 ? "" : place.Path(kind);
}

absl::StatusOr<bool> TakesTooMuch(const ValidatedChangeSet& changes, const FactsSnapshot& facts) {
  for (const FactKind kind : {FactKind::kUser, FactKind::kMembership, FactKind::kAssignment}) {
    const size_t deleted = CountDeleted(changes, kind);
    SEATWISE_ASSIGN_OR_RETURN(const size_t present, facts.Count(kind));
    if (deleted * 10 > present) return true;
  }
  return false;
}

}  // namespace seatwise
