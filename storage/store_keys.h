// How the key spaces of all tenants lie in one ordered space of bytes.
//
//   key    = tenant (4 bytes, most significant first), the tenant's key
//   own    = FF FF FF FF, what the store itself keeps:
//     "epoch" tenant (4 bytes)   -> the tenant's owner epoch
//     "generation"               -> see Store::generation
//     "ticket"                   -> the last append's ticket; written by every append, so that it
//                                   says exactly how much of the order was recovered
//   Numbers in values are 8 bytes, most significant first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace seatwise {

inline constexpr size_t kTenantPrefixBytes = 4;

std::string FullKey(TenantNumber tenant, absl::string_view key);

// The first full key behind all keys of the tenant, which must not be above kMaxTenant.
std::string FullKeyAfter(TenantNumber tenant);

// The store's own keys, as above.
std::string EpochKey(TenantNumber tenant);
std::string GenerationKey();
std::string TicketKey();

// A number as a value, and back; nullopt for what EncodeNumber did not write.
std::string EncodeNumber(uint64_t number);
std::optional<uint64_t> DecodeNumber(absl::string_view bytes);

}  // namespace seatwise
