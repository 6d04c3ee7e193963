#include "interchange/good_folder_for_test.h"

#include <gtest/gtest.h>

#include "base/thread_pool.h"
#include "interchange/reader.h"

namespace seatwise {

void PutGoodFiles(TestFolder& folder) {
  folder.Put("tenant.json", "{}")
      .Put("skus.csv", "sku_id\ns1\ns2\n")
      .Put("service_plans.csv", "plan_id\np1\np2\np3\n")
      .Put("sku_plans.csv", "sku_id,plan_id\ns1,p1\n")
      .Put("plan_conflicts.csv", "plan_id,conflicts_with_plan_id\np1,p2\n")
      .Put("plan_requirements.csv", "plan_id,requires_any_of\np1,p3\n")
      .Put("plan_prohibited_locations.csv", "plan_id,location\np1,US\n")
      .Put("subscriptions.csv", "subscription_id,sku_id,units\nb1,s1,5\n")
      .Put("users.csv", "user_id\nu1\nu2\n")
      .Put("groups.csv", "group_id\ng1\ng2\n")
      .Put("members.csv", "group_id,member_type,member_id\ng1,user,u1\n")
      .Put("assignments.csv", "principal_type,principal_id,sku_id\ngroup,g1,s1\n")
      .Put("observed.csv", "user_id,sku_id\nu1,s1\n");
}

std::vector<std::string> ErrorsOf(const std::string& dir) {
  ReadReport of_facts;
  const bool has_facts = ReadFacts(dir, of_facts).has_value();
  EXPECT_EQ(has_facts, of_facts.ok());
  ReadReport of_columns;
  ThreadPool executor(2);
  const bool has_columns = ReadColumns(dir, executor, of_columns).has_value();
  EXPECT_EQ(has_columns, of_columns.ok());
  EXPECT_EQ(of_facts.errors, of_columns.errors);
  EXPECT_EQ(of_facts.error_count, of_columns.error_count);
  return ErrorTexts(of_facts);
}

}  // namespace seatwise
