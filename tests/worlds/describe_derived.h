// Derived state as text that a person can read: for failures and for expectations of tests.
#pragma once

#include <string>

#include "engine/model/derived.h"

namespace seatwise::worlds {

// `MutuallyExclusiveViolation(MAIL against MAIL_PLUS of E5 by group board)`: name and all details.
std::string DescribeViolation(const Violation& violation);

// `ana: E3 Active DOCS,MAIL`.
std::string DescribeLicense(const License& license);

// `ana by group staff: E3 Granted`, `ana by ana: E3 Rejected CountViolation(place 1)`.
std::string DescribeItem(const ClaimItem& item);

// `E3: consumed 1 waiting 1 of usable 1 parked 0 capacity 1 (or unlimited)`.
std::string DescribeSeats(const SeatUsage& seats);

// `group staff: members 3 licensed 2 with errors 1`.
std::string DescribeGroupStatus(const GroupStatus& status);

// One thing a line, in the order of Derived.
std::string DescribeLicenses(const Derived& derived);
std::string DescribeItems(const Derived& derived);
std::string DescribeAllSeats(const Derived& derived);
std::string DescribeGroups(const Derived& derived);

// All four.
std::string DescribeDerived(const Derived& derived);

}  // namespace seatwise::worlds
