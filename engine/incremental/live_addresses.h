// Who has a proxy address, and whose it is (K3), in one version of the facts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/user_record.h"
#include "engine/model/derived.h"

namespace seatwise {

// The users that have an address, which is in ASCII lower case; ascending.
std::vector<uint32_t> HoldersOf(const LiveFacts& facts, absl::string_view address);

// The holder with the smallest (created_at, id); there is one.
uint32_t OwnerOf(const LiveFacts& facts, const std::vector<uint32_t>& holders);

// Whether some address of `user` belongs to somebody else, by the index of addresses.
bool FindAddressClash(const LiveFacts& facts, uint32_t user);

// The addresses of a user that belong to somebody else, each with its owner, sorted: the detail of
// K3.
std::vector<AddressClash> ClashesOf(const LiveFacts& facts, uint32_t user);

// Addresses as a UserView wants them.
struct PackedAddresses {
  std::string text;
  std::vector<uint32_t> ends;
};
// In lower case, sorted, each once.
PackedAddresses PackAddresses(std::vector<std::string> addresses);

// The hashes of a user's addresses, ascending, each once; nothing for nobody.
std::vector<uint64_t> AddressHashes(const Ref<UserRecord>& user);

// Brings LiveFacts::addresses up to date with a user that was `before` and is `after`, either of
// which may be nothing.
void UpdateAddressIndex(LiveFacts& facts, uint32_t user, const Ref<UserRecord>& before,
                        const Ref<UserRecord>& after);

}  // namespace seatwise
