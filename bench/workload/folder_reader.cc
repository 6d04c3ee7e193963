#include "bench/workload/folder_reader.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace seatwise::workload {

namespace {

// The cells of the record that starts at `position`, which moves behind it.
std::vector<std::string> ReadRecord(const std::string& text, size_t& position) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (; position < text.size(); ++position) {
    const char character = text[position];
    if (character == '"' && quoted && text[position + 1] == '"') {
      cells.back().push_back(text[++position]);
    } else if (character == '"') {
      quoted = !quoted;
    } else if (character == ',' && !quoted) {
      cells.emplace_back();
    } else if (character == '\n' && !quoted) {
      break;
    } else {
      cells.back().push_back(character);
    }
  }
  ++position;
  return cells;
}

}  // namespace

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

Table ReadTable(const std::string& folder, absl::string_view name) {
  const std::string text = ReadText(absl::StrCat(folder, "/", name));
  Table table;
  size_t position = 0;
  ReadRecord(text, position);
  while (position < text.size()) table.push_back(ReadRecord(text, position));
  return table;
}

}  // namespace seatwise::workload
