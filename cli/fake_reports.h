// Answers of ReportService for tests of what shows them. One thread.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>

namespace seatwise::cli {

// A list of so many pages with so many rows each, in which every text is the same one, every number
// 1, every list one long and every flag set.
struct FakeReports {
  int pages = 2;
  int rows = 3;
  std::string text = "x";
  int64_t revision = 7;

  // Fills `response`, of any method that lists `rows` or `users`, as an answer to `request`.
  void Fill(const google::protobuf::Message& request, google::protobuf::Message& response) const;
};

// Sets all fields of a message, and of those in it, but for those of maps.
void FillMessage(const std::string& text, google::protobuf::Message& message);

}  // namespace seatwise::cli
