// Ids whose order by bytes is not what one expects. Test only.
#pragma once

#include <string>
#include <vector>

#include "tests/worlds/dice.h"

namespace seatwise::worlds {

// Gives out different ids of one kind: numbered ones ("u9", "u10"), and odd ones. Kinds share the
// odd ids, so that a user and a group, or a SKU and a plan, may have the same.
class IdMaker {
 public:
  // `odd` of a hundred ids are odd ones, until all of those are given out. Keeps `dice`.
  IdMaker(char prefix, int odd, Dice& dice);

  std::string Next();

 private:
  const char prefix_;
  const int odd_percent_;
  Dice& dice_;
  int number_;                    // Of the next numbered id.
  std::vector<std::string> odd_;  // Not yet given out.
};

}  // namespace seatwise::worlds
