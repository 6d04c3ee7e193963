// Several changes as one revision: ApplyChanges of the API.
#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/product_words.h"
#include "cli/remote_verb.h"
#include "cli/write_flags.h"
#include "seatwise/v1/fact.pb.h"

namespace seatwise::cli {

// Users and groups as flags, --user and --group, each any number of times.
class PrincipalFlags {
 public:
  // The help texts say what they are here.
  void Declare(CLI::App& verb, const std::string& user_help, const std::string& group_help);

  bool empty() const { return users_.empty() && groups_.empty(); }
  const std::vector<std::string>& users() const { return users_; }
  const std::vector<std::string>& groups() const { return groups_; }

  // "user 'ana'", "2 users and 1 group".
  std::string ToString() const;

 private:
  std::vector<std::string> users_;
  std::vector<std::string> groups_;
};

// "SKU 'e3'", "SKUs 'SPE_E3' (05e9...) and 'SPE_E5' (06eb...)": the technical name, else the
// display name, with the id behind it where that is another word. `skus` are ids, or words that the
// server will complain about.
std::string CallSkus(const std::vector<std::string>& skus, ProductWords& products);

// All of them or none; prints `what` and `done` as WriteText does.
ExitCode ApplyChanges(Session& session, std::vector<v1::Change> changes, const WriteFlags& write,
                      const std::string& what, const std::string& done);

// That the fact with this name shall be gone.
v1::Change Deletion(const std::string& name, bool if_exists);

}  // namespace seatwise::cli
