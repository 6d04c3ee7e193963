#include "cli/history_text.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

std::string TextOf(const std::string& text) {
  v1::ListLicenseHistoryResponse history;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &history)) << text;
  return HistoryText(history, Style());
}

TEST(HistoryTextTest, EachRevisionSaysWhoWhatAndWhy) {
  EXPECT_EQ(TextOf(R"(
    entries {
      revision: 2 commit_time { seconds: 60 } actor: 'anonymous'
      method: 'seatwise.v1.TransferService/Import' import: true
      changes { sku_id: 'e3' after { state: ERROR } }
    }
    entries {
      revision: 5 commit_time { seconds: 120 } actor: 'ops'
      method: 'seatwise.v1.ChangeService/ApplyChanges'
      changes {
        sku_id: 'e3' before { state: ERROR }
        after { state: ACTIVE enabled_plan_ids: ['docs', 'mail'] }
      }
      causes {
        name: 'tenants/t/users/ana' kind: REPLACED
        before { user { user_id: 'ana' } } after { user { user_id: 'ana' usage_location: 'DE' } }
      }
      causes { name: 'tenants/t/groups/all/assignments/e3' kind: CREATED }
      causes { name: 'tenants/t/groups/all/members/user:ana' kind: DELETED }
    }
    names { skus { id: 'e3' name: 'E3' } groups { id: 'all' display_name: 'Everyone' } })"),
            "revision 2  1970-01-01T00:01:00Z  by anonymous  Import\n"
            "├─ E3: none → Error\n"
            "└─ because all facts came in\n"
            "\n"
            "revision 5  1970-01-01T00:02:00Z  by ops  ApplyChanges\n"
            "├─ E3: Error → Active +docs +mail\n"
            "├─ because of ana: usage_location: none → DE\n"
            "├─ because E3 of Everyone is new\n"
            "└─ because ana left Everyone\n");
}

TEST(HistoryTextTest, WhereNothingOfTheUserChangedItWasASeat) {
  EXPECT_EQ(TextOf(R"(
    entries {
      revision: 5 commit_time { seconds: 120 } actor: 'ops' method: 'X/DeleteUser' other_facts: 2
      changes {
        sku_id: 'e3' before { state: ACTIVE enabled_plan_ids: ['a', 'b', 'c', 'd'] }
      }
    })"),
            "revision 5  1970-01-01T00:02:00Z  by ops  DeleteUser\n"
            "├─ e3: Active → none −4 plans\n"
            "└─ because of others: a seat was taken or left (2 facts changed)\n");
}

}  // namespace
}  // namespace seatwise::cli
