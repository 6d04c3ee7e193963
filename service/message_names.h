// What the ids in an answer are called, so that people can read it without asking again.
#pragma once

#include "absl/status/status.h"
#include "engine/model/catalog.h"
#include "engine/model/facts_view.h"
#include "google/protobuf/message.h"
#include "seatwise/v1/explanation.pb.h"

namespace seatwise {

// Adds the name of everything that `message` names by a field whose own name ends in sku_id,
// plan_id, any_of_id, group_id or user_id, or in the plural of these, and by the name of a deleted
// membership or assignment, at any depth (messages of type Names are left out). SKUs and plans from
// `catalog`, groups and users from `facts`, which are of one revision. Fails where the facts fail.
absl::Status FillNames(const Catalog& catalog, const FactsView& facts,
                       const google::protobuf::Message& message, v1::Names& names);

}  // namespace seatwise
