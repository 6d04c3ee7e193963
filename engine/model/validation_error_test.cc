#include "engine/model/validation_error.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(ValidationErrorTest, EachReasonHasANameOfItsOwn) {
  std::set<std::string> names;
  for (int i = 0; i < kErrorReasons; ++i) {
    names.insert(std::string(ErrorName(static_cast<ErrorReason>(i))));
  }
  EXPECT_EQ(names.size(), kErrorReasons);
  EXPECT_EQ(names.count(""), 0u);
}

}  // namespace
}  // namespace seatwise
