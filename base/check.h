// Assertions for mistakes of ours. A caller's mistake is an absl::Status, never a failed check.
//
//   SEATWISE_CHECK(held.size() == consumed) << "seats of " << sku;
//
// SEATWISE_CHECK is always on, SEATWISE_DCHECK only in debug builds (its condition is compiled, not
// run, otherwise). A failed check prints file, line, condition and message to stderr and aborts.
// Any thread.
#pragma once

#include <sstream>

namespace seatwise::internal {

// Collects the message of a failed check; its destructor prints it and aborts.
class CheckFailure {
 public:
  CheckFailure(const char* file, int line, const char* condition);
  CheckFailure(const CheckFailure&) = delete;
  CheckFailure& operator=(const CheckFailure&) = delete;
  [[noreturn]] ~CheckFailure();

  std::ostream& stream() { return message_; }

 private:
  std::ostringstream message_;
};

// Makes both branches of the macro's conditional operator void.
struct Voidify {
  void operator&(std::ostream&) const {}
};

}  // namespace seatwise::internal

#define SEATWISE_CHECK(condition)                 \
  (condition) ? (void)0                           \
              : ::seatwise::internal::Voidify() & \
                    ::seatwise::internal::CheckFailure(__FILE__, __LINE__, #condition).stream()

#ifdef NDEBUG
#define SEATWISE_DCHECK(condition) SEATWISE_CHECK(true || (condition))
#else
#define SEATWISE_DCHECK(condition) SEATWISE_CHECK(condition)
#endif
