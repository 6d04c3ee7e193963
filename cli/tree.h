// Things within things, drawn with lines.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"

namespace seatwise::cli {

// One thing. Texts are printable; they may be painted.
struct TreeNode {
  std::string text;
  std::vector<std::string> details = {};  // Further lines below the text.
  std::vector<TreeNode> children = {};
};

// Each node behind "├─ " or "└─ ", what is below it further in. Lines are broken at `columns`.
std::string RenderTree(absl::Span<const TreeNode> nodes, size_t columns);

}  // namespace seatwise::cli
