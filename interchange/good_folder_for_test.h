// A folder without a mistake, to put one into. Test only.
#pragma once

#include <string>
#include <vector>

#include "interchange/test_folder.h"

namespace seatwise {

// Two of everything.
void PutGoodFiles(TestFolder& folder);

// The errors of a folder. Both readers must say the same, and answer something iff there are none.
std::vector<std::string> ErrorsOf(const std::string& dir);

}  // namespace seatwise
