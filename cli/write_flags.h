// The flags of verbs that change something, and how their results are told.
#pragma once

#include <string>

#include "cli/console.h"

namespace CLI {
class App;
}

namespace seatwise::v1 {
class WriteResult;
}

namespace seatwise::cli {

// Declared once, then read.
class WriteFlags {
 public:
  void Declare(CLI::App& verb);

  bool validate_only() const { return validate_only_; }
  const std::string& request_id() const { return request_id_; }

  // Sets both in a request of the API. `Request` has the two fields.
  template <typename Request>
  void Fill(Request& request) const {
    request.set_validate_only(validate_only_);
    request.set_request_id(request_id_);
  }

 private:
  bool validate_only_ = false;
  std::string request_id_;
};

// "user 'ana' created, revision 7", or "would be created" where nothing was written; warnings go to
// stderr. `what` is the subject, `done` the verb.
std::string WriteText(const std::string& what, const std::string& done,
                      const v1::WriteResult& result, bool validate_only, Console& console);

}  // namespace seatwise::cli
