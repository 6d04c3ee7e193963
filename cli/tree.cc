#include "cli/tree.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr size_t kDetailIndent = 4;  // Beyond the node's text.
constexpr size_t kLeastColumns = 20;

// Draws into `text`. Every line starts with `margin`, the lines of the branches further out.
class Drawing {
 public:
  explicit Drawing(size_t columns) : columns_(columns) {}

  void Draw(absl::Span<const TreeNode> nodes, const std::string& margin) {
    for (size_t i = 0; i < nodes.size(); ++i) {
      const bool last = i + 1 == nodes.size();
      const std::string inner = margin + (last ? "   " : "│  ");
      const std::string below = inner + (nodes[i].children.empty() ? "" : "│");
      DrawLines(nodes[i].text, margin + (last ? "└─ " : "├─ "), below + Spaces(below, inner, 2));
      for (const std::string& detail : nodes[i].details) {
        const std::string indent = below + Spaces(below, inner, kDetailIndent);
        DrawLines(detail, indent, indent + "  ");
      }
      Draw(nodes[i].children, inner);
    }
  }

  std::string text;

 private:
  // What is missing between `below` and `columns` columns behind `inner`.
  static std::string Spaces(const std::string& below, const std::string& inner, size_t columns) {
    return std::string(columns - (DisplayWidth(below) - DisplayWidth(inner)), ' ');
  }

  void DrawLines(absl::string_view line, const std::string& first, const std::string& rest) {
    const size_t taken = std::max(DisplayWidth(first), DisplayWidth(rest));
    const size_t free = columns_ > taken + kLeastColumns ? columns_ - taken : kLeastColumns;
    bool is_first = true;
    for (const std::string& piece : Wrap(line, free)) {
      absl::StrAppend(&text, is_first ? first : rest, piece, "\n");
      is_first = false;
    }
  }

  const size_t columns_;
};

}  // namespace

std::string RenderTree(absl::Span<const TreeNode> nodes, size_t columns) {
  Drawing drawing(columns);
  drawing.Draw(nodes, "");
  return drawing.text;
}

}  // namespace seatwise::cli
