// Whether this is built with the address or the thread sanitizer, which make everything take about
// ten times as long and watch malloc themselves. gcc and clang say so in different ways.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SEATWISE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SEATWISE_SANITIZED 1
#endif
#endif

namespace seatwise {

#if defined(SEATWISE_SANITIZED)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace seatwise
