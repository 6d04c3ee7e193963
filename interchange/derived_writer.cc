// Users are cut into blocks; threads take blocks in order, make the text of each in memory of their
// own and put it in its place (OrderedOutput). What recurs is rendered once: SKUs with states,
// groups, violations, and plan sets as far as they fit a budget.
#include "interchange/derived_writer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "interchange/csv_text.h"
#include "interchange/ordered_output.h"
#include "interchange/output_file.h"
#include "interchange/table_spec.h"

namespace seatwise {
namespace {

constexpr size_t kUsersOfBlock = 2'048;
// What a block holds back at most: users with very many rows are written piece by piece.
constexpr size_t kPieceBytes = size_t{1} << 20;
// For rendered plan sets. Tenants have few; those that do not fit are rendered for each row.
constexpr size_t kPlanSetBytes = size_t{16} << 20;

constexpr size_t kStates = 4;
constexpr size_t kMasks = size_t{1} << kViolationCodes;

std::string CellText(absl::string_view cell) {
  std::string text;
  AppendCell(cell, text);
  return text;
}

// The text of every plan set, as a cell.
class PlanSetTexts {
 public:
  explicit PlanSetTexts(const DerivedView& view) : view_(view) {
    size_t bytes = 0;
    for (uint32_t set = 0; set < view.PlanSetCount() && bytes < kPlanSetBytes; ++set) {
      rendered_.push_back(Render(set));
      bytes += rendered_.back().size() + sizeof(std::string);
    }
  }

  void Append(uint32_t set, std::string& text) const {
    text += set < rendered_.size() ? rendered_[set] : Render(set);
  }

 private:
  std::string Render(uint32_t set) const {
    std::string list;
    ForEachPlan(view_.PlanSet(set), [&](PlanNo plan) {
      absl::StrAppend(&list, list.empty() ? "" : ";", view_.columns().catalog.plan_ids()[plan]);
    });
    return CellText(list);
  }

  const DerivedView& view_;
  std::vector<std::string> rendered_;
};

// The text of a block of users on its way to the file.
class BlockText {
 public:
  BlockText(OrderedOutput& output, int64_t block, const IdTable& users, std::string& text)
      : output_(output), block_(block), users_(users), text_(text) {
    text_.clear();
  }

  std::string& text() { return text_; }
  // The cell of a user. Rows come user by user.
  const std::string& UserCell(UserNo user) {
    if (user != user_ || user_cell_.empty()) {
      user_ = user;
      user_cell_.clear();
      AppendCell(users_[user], user_cell_);
    }
    return user_cell_;
  }
  void EndRow() {
    if (text_.size() >= kPieceBytes) Flush();
  }
  void Flush() {
    output_.Append(block_, text_);
    text_.clear();
  }

 private:
  OrderedOutput& output_;
  const int64_t block_;
  const IdTable& users_;
  std::string& text_;
  UserNo user_ = 0;
  std::string user_cell_;
};

// Reports progress over several tables.
class UserCount {
 public:
  UserCount(const Progress& progress, size_t users)
      : progress_(progress), total_(static_cast<int64_t>(2 * users)) {}

  void Add(size_t users) {
    if (!progress_) return;
    MutexLock lock(&mutex_);
    done_ += static_cast<int64_t>(users);
    progress_(done_, total_);
  }

 private:
  const Progress& progress_;
  const int64_t total_;
  Mutex mutex_;
  int64_t done_ SEATWISE_GUARDED_BY(mutex_) = 0;
};

using FormatUsers = absl::FunctionRef<void(UserNo begin, UserNo end, BlockText& block)>;

// Writes one table of rows by user.
absl::Status WriteUserTable(const std::string& path, absl::string_view header, const IdTable& users,
                            Executor& executor, UserCount& count, FormatUsers format) {
  SEATWISE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path));
  SEATWISE_RETURN_IF_ERROR(file.Write(header));
  OrderedOutput output(file);
  const size_t blocks = (users.size() + kUsersOfBlock - 1) / kUsersOfBlock;
  std::atomic<size_t> next = 0;
  executor.Run(executor.threads(), [&](int) {
    std::string text;
    for (size_t i = next++; i < blocks; i = next++) {
      const int64_t part = static_cast<int64_t>(i);
      const size_t begin = i * kUsersOfBlock;
      const size_t end = std::min(begin + kUsersOfBlock, users.size());
      // After an error blocks are still passed on, since others wait for their turn.
      if (!output.failed()) {
        BlockText block(output, part, users, text);
        format(static_cast<UserNo>(begin), static_cast<UserNo>(end), block);
        block.Flush();
      }
      output.Complete(part);
      count.Add(end - begin);
    }
  });
  SEATWISE_RETURN_IF_ERROR(output.status());
  return file.Commit();
}

absl::Status WriteLicenses(const DerivedView& view, const std::string& path, Executor& executor,
                           UserCount& count) {
  const Columns& columns = view.columns();
  const PlanSetTexts plan_sets(view);
  // ",SKU,State," by SKU and state.
  std::vector<std::array<std::string, kStates>> sku_states(columns.catalog.skus());
  for (size_t sku = 0; sku < sku_states.size(); ++sku) {
    const std::string cell = CellText(columns.catalog.sku_ids()[sku]);
    for (size_t state = 0; state < kStates; ++state) {
      sku_states[sku][state] =
          absl::StrCat(",", cell, ",", LicenseStateName(static_cast<LicenseState>(state)), ",");
    }
  }
  const auto format = [&](UserNo begin, UserNo end, BlockText& block) {
    view.ForEachLicense(begin, end, [&](const LicenseRow& row) {
      std::string& text = block.text();
      text += block.UserCell(row.user);
      text += sku_states[row.sku][static_cast<size_t>(row.state)];
      plan_sets.Append(row.enabled_plans, text);
      text += '\n';
      block.EndRow();
    });
  };
  return WriteUserTable(path, "user_id,sku_id,state,enabled_plans\n", columns.users, executor,
                        count, format);
}

// "Rejected,CountViolation\n", by mask.
std::vector<std::string> OutcomeTexts() {
  std::vector<std::string> texts = {"Granted,\n"};
  for (size_t mask = 1; mask < kMasks; ++mask) {
    std::vector<absl::string_view> names;
    for (int code = 0; code < kViolationCodes; ++code) {
      const ViolationCode violation = static_cast<ViolationCode>(code);
      if (Contains(static_cast<ViolationMask>(mask), violation)) {
        names.push_back(ViolationName(violation));
      }
    }
    texts.push_back(absl::StrCat("Rejected,", absl::StrJoin(names, ";"), "\n"));
  }
  return texts;
}

// Each id as a cell between `before` and `after`.
std::vector<std::string> CellTexts(const IdTable& ids, absl::string_view before,
                                   absl::string_view after) {
  std::vector<std::string> texts(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) texts[i] = absl::StrCat(before, CellText(ids[i]), after);
  return texts;
}

absl::Status WriteClaims(const DerivedView& view, const std::string& path, Executor& executor,
                         UserCount& count) {
  const Columns& columns = view.columns();
  const std::vector<std::string> skus = CellTexts(columns.catalog.sku_ids(), ",", ",");
  const std::vector<std::string> groups = CellTexts(columns.groups, ",group,", "");
  const std::vector<std::string> outcomes = OutcomeTexts();
  const auto format = [&](UserNo begin, UserNo end, BlockText& block) {
    view.ForEachItem(begin, end, [&](const ItemRow& row) {
      std::string& text = block.text();
      const std::string& user = block.UserCell(row.user);
      text += user;
      if (row.direct) {
        text += ",user,";
        text += user;
      } else {
        text += groups[row.principal];
      }
      text += skus[row.sku];
      text += outcomes[row.violations];
      block.EndRow();
    });
  };
  return WriteUserTable(path, "user_id,principal_type,principal_id,sku_id,outcome,violations\n",
                        columns.users, executor, count, format);
}

absl::Status WriteSeats(const DerivedView& view, const std::string& path) {
  std::string text = "sku_id,usable,capacity,consumed,available,waiting,overrun\n";
  for (const SeatUsage& seats : view.Seats()) {
    const std::string capacity =
        seats.capacity == kUnlimited ? std::string(kUnlimitedName) : absl::StrCat(seats.capacity);
    absl::StrAppend(&text, CellText(seats.sku.value()), ",", seats.usable, ",", capacity, ",");
    absl::StrAppend(&text, seats.consumed, ",", seats.available(), ",", seats.waiting, ",",
                    seats.overrun(), "\n");
  }
  return WriteWholeFile(path, text);
}

}  // namespace

absl::Status WriteDerived(const DerivedView& view, const std::string& dir, Executor& executor,
                          const Progress& progress) {
  SEATWISE_RETURN_IF_ERROR(MakeFolder(dir));
  UserCount count(progress, view.columns().users.size());
  SEATWISE_RETURN_IF_ERROR(
      WriteLicenses(view, absl::StrCat(dir, "/licenses.csv"), executor, count));
  SEATWISE_RETURN_IF_ERROR(WriteClaims(view, absl::StrCat(dir, "/claims.csv"), executor, count));
  return WriteSeats(view, absl::StrCat(dir, "/seats.csv"));
}

}  // namespace seatwise
