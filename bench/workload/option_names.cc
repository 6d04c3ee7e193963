// How presets, shapes and modes are spelled on the command line.
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "bench/workload/options.h"

namespace seatwise::workload {

namespace {

template <typename T>
struct Name {
  T value;
  absl::string_view text;
};

constexpr Name<Preset> kPresets[] = {
    {Preset::kS, "S"},   {Preset::kM, "M"},     {Preset::kL, "L"},
    {Preset::kXl, "XL"}, {Preset::kXxl, "XXL"},
};

constexpr Name<Shape> kShapes[] = {
    {Shape::kRealistic, "realistic"},
    {Shape::kOneGroup, "one_group"},
    {Shape::kAllDifferent, "all_different"},
    {Shape::kAllContended, "all_contended"},
    {Shape::kManyAssignments, "many_assignments"},
    {Shape::kDeepNesting, "deep_nesting"},
    {Shape::kWideDiamonds, "wide_diamonds"},
    {Shape::kSharedAddress, "shared_address"},
    {Shape::kHealingChains, "healing_chains"},
};

constexpr Name<Mode> kModes[] = {
    {Mode::kSkuIndependent, "sku_independent"},
    {Mode::kGroupAtomic, "group_atomic"},
};

template <typename T>
bool Parse(absl::Span<const Name<T>> names, absl::string_view text, T* value, std::string* error) {
  for (const Name<T>& name : names) {
    if (name.text != text) continue;
    *value = name.value;
    return true;
  }
  *error = absl::StrCat("must be one of ",
                        absl::StrJoin(names, ", ", [](std::string* out, const Name<T>& name) {
                          absl::StrAppend(out, name.text);
                        }));
  return false;
}

template <typename T>
std::string Unparse(absl::Span<const Name<T>> names, T value) {
  for (const Name<T>& name : names) {
    if (name.value == value) return std::string(name.text);
  }
  return std::string();
}

}  // namespace

bool AbslParseFlag(absl::string_view text, Preset* preset, std::string* error) {
  return Parse<Preset>(kPresets, absl::AsciiStrToUpper(text), preset, error);
}

bool AbslParseFlag(absl::string_view text, Shape* shape, std::string* error) {
  return Parse<Shape>(kShapes, text, shape, error);
}

bool AbslParseFlag(absl::string_view text, Mode* mode, std::string* error) {
  return Parse<Mode>(kModes, text, mode, error);
}

std::string AbslUnparseFlag(Preset preset) { return Unparse<Preset>(kPresets, preset); }
std::string AbslUnparseFlag(Shape shape) { return Unparse<Shape>(kShapes, shape); }
std::string AbslUnparseFlag(Mode mode) { return Unparse<Mode>(kModes, mode); }

}  // namespace seatwise::workload
