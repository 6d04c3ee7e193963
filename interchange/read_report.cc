#include "interchange/read_report.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/model/limits.h"

namespace seatwise {

void ReadReport::Add(ErrorList list) {
  error_count += list.count();
  std::vector<RowError> more = std::move(list).Take();
  std::move(more.begin(), more.end(), std::back_inserter(errors));
  errors.resize(std::min(errors.size(), kMaxReportedErrors));
}

}  // namespace seatwise
