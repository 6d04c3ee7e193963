// The key codec of storage: the one owner of how facts, journal and requests are named in a store.
//
//   key       = table parts                 in the key space of a tenant (store.h)
//   table     = one byte, Table below
//   id        = its bytes, each NUL as NUL 0xff, then NUL NUL
//   number32, number64                      unsigned, big-endian
//   kind      = one byte: 0 a user, 1 a group
//
//   table                parts                        what the value is (records.h)
//   kHead                -                            revision, counts, next numbers
//   kTrim                -                            what was pruned
//   kSettings            -                            the fact
//   kPlan                id                           the fact
//   kSku                 id                           the fact
//   kConflict            id(a) id(b)                  the fact; a < b
//   kRequirement         id(plan) number64 slot       the fact; a fingerprint of its set, and a
//                                                     byte that tells equal fingerprints apart
//   kProhibition         id(plan) id(location)        the fact
//   kSubscription        id                           the fact
//   kSubscriptionOfSku   id(sku) id                   empty
//   kUser                id                           its number, and what the engine reads
//   kUserName            number32                     its id and what only people read; stays
//                                                     after a deletion until the journal is pruned
//   kGroup               id                           its number
//   kGroupName           number32                     as kUserName
//   kMembers             number32(group) number32     a block of users in the group, from this
//                                                     number to the next block's
//   kGroupsOfUser        number32(user) number32      a block of groups that the user is in
//   kInnerGroup          number32(group) number32     added_at of a group in a group
//   kOuterGroup          number32(inner) number32     empty
//   kAssignment          kind number32 id(sku)        what is assigned
//   kAssignmentOfSku     id(sku) kind number32        empty
//   kObserved            id(user) id(sku)             disabled plans
//   kJournal             number64(revision) number32  the head of an entry, then its chunks
//   kRequest             id(actor) id(method) id      digest and reply
//   kRequestExpiry       number64(time) id id id      empty
//   kStaging             id(import) number32          the head of an import, then its chunks
//   kDocument            id(folder) id(name)          bytes of somebody above
//   kTenant              id                           (directory) number, time of creation
//   kNextTenant          -                            (directory) the next number
//   kDeletedTenant       number32                     (directory) empty; its facts go away
//
// Keys of one table sort by their parts, texts by bytes: ids sort before those that they begin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace seatwise {

// The first byte. Values are stored: never reused for something else.
enum class Table : uint8_t {
  kHead = 0x01,
  kTrim = 0x02,
  kSettings = 0x10,
  kPlan = 0x11,
  kSku = 0x12,
  kConflict = 0x13,
  kRequirement = 0x14,
  kProhibition = 0x15,
  kSubscription = 0x16,
  kSubscriptionOfSku = 0x17,
  kUser = 0x20,
  kUserName = 0x21,
  kGroup = 0x22,
  kGroupName = 0x23,
  kMembers = 0x30,
  kGroupsOfUser = 0x31,
  kInnerGroup = 0x32,
  kOuterGroup = 0x33,
  kAssignment = 0x38,
  kAssignmentOfSku = 0x39,
  kObserved = 0x3a,
  kJournal = 0x40,
  kRequest = 0x48,
  kRequestExpiry = 0x49,
  kStaging = 0x50,
  kDocument = 0x58,
  kTenant = 0x60,
  kNextTenant = 0x61,
  kDeletedTenant = 0x62,
};

// Writes a key from the left.
//
//   KeyWriter(Table::kObserved).Id(user).Id(sku).Take()
class KeyWriter {
 public:
  explicit KeyWriter(Table table);

  KeyWriter& Byte(uint8_t value);
  KeyWriter& Number32(uint32_t value);
  KeyWriter& Number64(uint64_t value);
  // Any bytes.
  KeyWriter& Id(absl::string_view id);
  // What was written.
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

// Reads the parts of a key from the left. Each answers nothing if the key does not continue so.
class KeyReader {
 public:
  // Begins behind the table. `key` outlives the reader.
  explicit KeyReader(absl::string_view key);

  std::optional<uint8_t> Byte();
  std::optional<uint32_t> Number32();
  std::optional<uint64_t> Number64();
  std::optional<std::string> Id();
  // The same without a copy where the key has the id as it is: nearly always. Where not, `escaped`
  // becomes the id. Valid as long as both the key and `escaped` are.
  std::optional<absl::string_view> IdView(std::string& escaped);
  // Whether nothing is left.
  bool AtEnd() const { return rest_.empty(); }

 private:
  absl::string_view rest_;
};

// The table of a key, if it is not empty.
std::optional<Table> TableOf(absl::string_view key);

// The smallest key that is greater than all that begin with `prefix`; empty if there is none.
std::string EndOfPrefix(absl::string_view prefix);

// A fingerprint of bytes that is the same in every build and version (FNV-1a, 64 bits). Not against
// anybody who looks for collisions.
uint64_t Fingerprint(absl::string_view bytes);

}  // namespace seatwise
