// The engines that must agree. A test over AllEngines() judges every engine that is added here.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "engine/model/derived.h"
#include "engine/model/facts.h"

namespace seatwise {

// One way to derive the state of a tenant.
struct Engine {
  std::string name;
  std::function<Derived(const Facts&)> derive;

  // How tests with an engine as parameter print it.
  friend std::ostream& operator<<(std::ostream& out, const Engine& engine) {
    return out << engine.name;
  }
};

// The reference comes first: it is right by definition, the others must equal it.
std::vector<Engine> AllEngines();

}  // namespace seatwise
