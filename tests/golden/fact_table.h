// The facts of a scenario as they stand after what was read of it, and the statements that change
// them; scenario.h describes their form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "tests/golden/words.h"

namespace seatwise::golden {

// What a statement does with the fact of its key.
enum class Edit : uint8_t { kAdd, kReplace, kRemove };

// Starts as the empty tenant. Names that nothing has introduced, facts that exist twice and
// removals that other facts stand on are mistakes, reported through Words.
class FactTable {
 public:
  const Facts& facts() const { return facts_; }

  // Reads one statement to its end.
  void Apply(Edit edit, Words& words);

 private:
  void ReadTenant(Edit edit, Words& words);
  void ReadPlan(Edit edit, Words& words);
  void ReadSku(Edit edit, Words& words);
  void ReadSeats(const Sku& sku, int64_t units);
  void RemoveSku(const Sku& sku, Words& words);
  void ReadSubscription(Edit edit, Words& words);
  void ReadConflict(Edit edit, Words& words);
  void ReadRequirement(Edit edit, Words& words);
  void ReadProhibition(Edit edit, Words& words);
  void ReadUser(Edit edit, Words& words);
  void RemoveUser(const User& user, Words& words);
  void ReadGroup(Edit edit, Words& words);
  void RemoveGroup(const Group& group, Words& words);
  void ReadObserved(Edit edit, Words& words);
  // `-> SKU ...` or `in GROUP ...`.
  void ReadWish(Edit edit, const Principal& principal, Words& words);
  void ReadAssignment(Edit edit, const Principal& principal, Words& words);
  void ReadMembership(Edit edit, const Principal& member, Words& words);
  void RemoveMemberships(const Principal& member);
  bool IsUsed(const PlanId& plan) const;

  // Names of things that exist; fail if they do not.
  PlanId NextPlan(Words& words);
  PlanIdSet Plans(absl::string_view list, Words& words);
  SkuId NextSku(Words& words);
  GroupId NextGroup(Words& words);
  // A user that is added where it is new.
  UserId NextUser(Edit edit, absl::string_view name);

  Facts facts_;
};

}  // namespace seatwise::golden
