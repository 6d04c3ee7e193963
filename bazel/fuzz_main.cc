// Runs a fuzz target on inputs that are known already: one test for the empty
// input and one for each file named on the command line. So an input that once
// failed stays tested where there is no libFuzzer (gcc, the sanitizers).

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

class InputTest : public testing::Test {
 public:
  explicit InputTest(std::string path) : path_(std::move(path)) {}

  void TestBody() override {
    std::string bytes;
    if (!path_.empty()) {
      std::ifstream file(path_, std::ios::binary);
      ASSERT_TRUE(file.is_open()) << "cannot read " << path_;
      bytes.assign(std::istreambuf_iterator<char>(file), {});
    }
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  }

 private:
  std::string path_;  // Empty: the empty input.
};

void Register(const std::string& name, const std::string& path) {
  testing::RegisterTest("Corpus", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [path]() -> testing::Test* { return new InputTest(path); });
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  Register("empty input", "");
  for (int i = 1; i < argc; ++i) Register(argv[i], argv[i]);
  return RUN_ALL_TESTS();
}
