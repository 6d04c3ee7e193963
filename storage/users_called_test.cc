// Names find those who have them now, page by page.
#include "storage/users_called.h"

#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "gtest/gtest.h"
#include "storage/facts_snapshot.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using UsersCalledTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(UsersCalledTest);

Put PutUser(const std::string& id, const std::string& principal_name, const std::string& name) {
  User user{.id = UserId(id), .user_principal_name = principal_name, .display_name = name};
  user.attributes["department"] = "Ana";
  return Put{std::move(user)};
}

// The ids on all pages of so many; each is full but the last.
std::vector<std::string> Called(const FactsSnapshot& facts, absl::string_view name, size_t limit) {
  std::vector<std::string> ids;
  FactPage page;
  do {
    auto next = ListUsersCalled(facts, name, page.next, limit);
    EXPECT_TRUE(next.ok()) << next.status();
    page = *std::move(next);
    EXPECT_TRUE(page.next.empty() || page.facts.size() == limit);
    for (const Fact& fact : page.facts) ids.push_back(std::get<User>(fact).id.value());
  } while (!page.next.empty());
  return ids;
}

// Who has each name, in lower case; by id.
std::map<std::string, std::vector<std::string>> ByName(const Facts& facts) {
  std::map<std::string, std::set<std::string>> users;
  for (const User& user : facts.users) {
    for (const std::string& name : {user.user_principal_name, user.display_name}) {
      if (!name.empty()) users[absl::AsciiStrToLower(name)].insert(user.id.value());
    }
  }
  std::map<std::string, std::vector<std::string>> lists;
  for (const auto& [name, ids] : users) lists[name] = {ids.begin(), ids.end()};
  return lists;
}

TEST_P(UsersCalledTest, EitherNameFindsWhateverTheCaseOfItsLetters) {
  Commit({{PutUser("u2", "ana@contoso.example", "Ana Silva"), PutUser("u1", "ANA SILVA", "x"),
           PutUser("ana silva", "ana2@contoso.example", "Ana Silv"), PutUser("u3", "", "")}});
  const auto facts = tenant_->tip();
  const std::vector<std::string> both = {"u1", "u2"};
  EXPECT_EQ(Called(*facts, "ana Silva", 10), both);
  EXPECT_EQ(Called(*facts, "ana Silva", 1), both);
  EXPECT_EQ(Called(*facts, "Ana@Contoso.example", 10), std::vector<std::string>{"u2"});
  // Not an attribute, not a part of a name, not an id, not everybody without a name.
  for (const char* nobody : {"Ana", "Ana Silva ", "u1", "", "Ä"}) {
    EXPECT_TRUE(Called(*facts, nobody, 10).empty()) << nobody;
  }
}

TEST_P(UsersCalledTest, ANameIsGoneWithItsUserAndWithAnotherName) {
  Commit({{PutUser("u1", "", "Ana"), PutUser("u2", "", "Ana")}});
  Commit({{PutUser("u1", "", "Bea"), Delete{UserId("u2")}}});
  EXPECT_TRUE(Called(*tenant_->tip(), "Ana", 10).empty());
  Commit({{PutUser("u2", "Ana", "")}});
  EXPECT_EQ(Called(*tenant_->tip(), "ana", 10), std::vector<std::string>{"u2"});
}

TEST_P(UsersCalledTest, RandomUsersAreFoundAsAListOfAllFindsThem) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> names = {"",    "ana",        "Ana", "ANA",
                                          "bea", "\xc3\xa4na", "an",  "anaa"};
  const auto any_name = [&] { return names[random() % names.size()]; };
  for (int i = 0; i < 60; ++i) {
    ChangeSet changes;
    const std::string id = absl::StrCat("u", random() % 12);
    if (random() % 4 > 0) {
      changes.changes.push_back(PutUser(id, any_name(), any_name()));
    } else if (model_.Contains(UserId(id)).value()) {
      changes.changes.push_back(Delete{UserId(id)});
    }
    Commit(changes);
    const auto by_name = ByName(model_.ToFacts());
    const std::string name = any_name();
    const auto expected = by_name.find(absl::AsciiStrToLower(name));
    ASSERT_EQ(Called(*tenant_->tip(), name, 1 + random() % 3),
              expected == by_name.end() ? std::vector<std::string>() : expected->second)
        << name;
  }
}

}  // namespace
}  // namespace seatwise
