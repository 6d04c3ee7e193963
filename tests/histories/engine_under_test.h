// What an engine that keeps a tenant up to date must do to be tested here. Test only.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "engine/model/validated_change_set.h"
#include "tests/histories/numbers.h"

namespace seatwise::histories {

// What is derived from facts.
using DeriveFacts = std::function<Derived(const Facts&)>;

// A tenant at one revision, which stays as it is whatever is made from it.
class TenantVersion {
 public:
  struct Next;

  virtual ~TenantVersion() = default;

  // All that is derived.
  virtual Derived State() const = 0;

  // The numbers that it knows.
  virtual Numbers Ids() const = 0;

  // What else the version answers that does not fit its state or its facts; "" if nothing.
  virtual std::string FindContradiction(const Facts&) const { return ""; }

  // The version after the changes, which were validated against the facts of this one.
  virtual Next Prepare(const ValidatedChangeSet& changes) const = 0;
};

// What becomes of a version, and what differs.
struct TenantVersion::Next {
  std::shared_ptr<const TenantVersion> version;
  LicenseDelta delta;
};

// One way to keep a tenant up to date.
struct IncrementalEngine {
  std::string name;
  // The first version of a tenant; every user and group has its number.
  std::function<std::shared_ptr<const TenantVersion>(const Facts& facts, const Numbers& numbers)>
      start;

  // How tests with an engine as parameter print it.
  friend std::ostream& operator<<(std::ostream& out, const IncrementalEngine& engine) {
    return out << engine.name;
  }
};

}  // namespace seatwise::histories
