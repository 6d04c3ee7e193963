#include "cli/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

// What stands between two texts, from the last `begin` on.
std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  const size_t from = text.rfind(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

TEST(HtmlPageTest, WhatCouldBeMarkupIsWrittenAsEscapes) {
  const struct {
    const char* json;
    const char* escaped;
  } kCases[] = {
      {R"({"a":"b"})", R"({"a":"b"})"},
      {R"(["</script>"])", R"(["\u003c/script\u003e"])"},
      {R"(["<!--<script>"])", R"(["\u003c!--\u003cscript\u003e"])"},
      {R"(["&amp;"])", R"(["\u0026amp;"])"},
      {"[\"\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA\"]", "[\"\\u2028\\u2029\xE2\x80\xAA\"]"},
  };
  for (const auto& c : kCases) EXPECT_EQ(EscapedJson(c.json), c.escaped);
}

TEST(HtmlPageTest, DataCannotEndTheElementItStandsIn) {
  const std::string page = HtmlPage(
      R"(["</script><script>alert(1)</script><!--<script>", "@SCRIPT@ @POLICY@"])", PageUse::kFile);
  EXPECT_EQ(Count(page, "<script"), 2);
  EXPECT_EQ(Count(page, "</script"), 2);
  EXPECT_EQ(Count(page, "<!--"), 0);
  EXPECT_EQ(Count(page, "@SCRIPT@ @POLICY@"), 1) << "data is a template";
}

TEST(HtmlPageTest, ThePolicyNamesTheScriptAndTheStyleAsTheyStand) {
  for (const PageUse use : {PageUse::kFile, PageUse::kServed}) {
    const std::string page = HtmlPage("{}", use);
    EXPECT_THAT(page, HasSubstr(absl::StrCat("content=\"", PagePolicy(use), "\"")));
    for (const std::string& content :
         {Between(page, "<script>", "</script>"), Between(page, "<style>", "</style>")}) {
      EXPECT_GT(content.size(), 1000u);
      EXPECT_THAT(PagePolicy(use),
                  HasSubstr(absl::StrCat("'sha256-", absl::Base64Escape(Sha256Of(content)), "'")));
    }
    EXPECT_THAT(PagePolicy(use), testing::StartsWith("default-src 'none'; "));
    EXPECT_THAT(PagePolicy(use), Not(HasSubstr("unsafe")));
  }
  EXPECT_THAT(PagePolicy(PageUse::kFile), Not(HasSubstr("connect-src")));
}

// What a policy would stop should not be tried.
TEST(HtmlPageTest, ThePageNeedsNothingButItself) {
  const std::string page = HtmlPage("{}", PageUse::kFile);
  for (const char* word : {"http://", "https://", "innerHTML", "insertAdjacentHTML", "eval(",
                           " src=", "@import", "url(", " style=\""}) {
    EXPECT_THAT(page, Not(HasSubstr(word)));
  }
}

}  // namespace
}  // namespace seatwise::cli
