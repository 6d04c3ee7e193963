// A verb of two words: a noun with what can be done to it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/remote_verb.h"
#include "cli/verb.h"

namespace seatwise::cli {

// Makes `seatwise NOUN WORD`, where `words` are the possible second words. `examples` are two
// lines.
std::unique_ptr<Verb> MakeNounVerb(std::string noun, std::string description, std::string examples,
                                   std::vector<std::unique_ptr<RemoteVerb>> words);

// Makes `seatwise WORD` of one word alone.
std::unique_ptr<Verb> MakePlainVerb(std::unique_ptr<RemoteVerb> word);

}  // namespace seatwise::cli
