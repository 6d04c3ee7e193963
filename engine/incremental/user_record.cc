// One block:
//
//   record | id | added_at ... | groups ... | address_ends ... | addresses
//
// The id comes first: whoever looks a user up compares it, and reads nothing else.
#include "engine/incremental/user_record.h"

#include <algorithm>
#include <memory>
#include <new>

namespace seatwise {

Ref<UserRecord> UserRecord::Make(const UserView& user) {
  const size_t bytes = sizeof(UserRecord) + IdRoom(user.id.size()) +
                       user.groups.size() * (sizeof(Time) + sizeof(uint32_t)) +
                       user.address_ends.size() * sizeof(uint32_t) + user.address_text.size();
  UserRecord* record = new (::operator new(bytes)) UserRecord;
  record->usage_location_ = user.usage_location;
  record->address_clash_ = user.address_clash;
  record->account_ = user.account;
  record->group_count_ = static_cast<uint32_t>(user.groups.size());
  record->address_count_ = static_cast<uint32_t>(user.address_ends.size());
  record->address_bytes_ = static_cast<uint32_t>(user.address_text.size());
  record->id_size_ = static_cast<uint32_t>(user.id.size());
  record->created_at_ = user.created_at;
  record->direct_ = user.direct;
  std::copy(user.id.begin(), user.id.end(), const_cast<char*>(record->Id()));
  std::uninitialized_copy(user.added_at.begin(), user.added_at.end(),
                          const_cast<Time*>(record->Times()));
  std::uninitialized_copy(user.groups.begin(), user.groups.end(),
                          const_cast<uint32_t*>(record->Groups()));
  std::uninitialized_copy(user.address_ends.begin(), user.address_ends.end(),
                          const_cast<uint32_t*>(record->Ends()));
  std::copy(user.address_text.begin(), user.address_text.end(),
            const_cast<char*>(record->Addresses()));
  return Ref<UserRecord>::Adopt(record);
}

void UserRecord::Destroy(const UserRecord* record) {
  record->~UserRecord();
  ::operator delete(const_cast<UserRecord*>(record));
}

absl::string_view UserRecord::address(size_t i) const {
  const uint32_t begin = i == 0 ? 0 : Ends()[i - 1];
  return {Addresses() + begin, Ends()[i] - begin};
}

UserView UserRecord::View() const {
  return {.id = id(),
          .usage_location = usage_location_,
          .created_at = created_at_,
          .address_clash = address_clash_,
          .account = account_,
          .groups = groups(),
          .added_at = added_at(),
          .address_text = {Addresses(), address_bytes_},
          .address_ends = {Ends(), address_count_},
          .direct = direct_};
}

size_t UserRecord::bytes() const {
  return sizeof(UserRecord) + IdRoom(id_size_) + group_count_ * (sizeof(Time) + sizeof(uint32_t)) +
         address_count_ * sizeof(uint32_t) + address_bytes_;
}

}  // namespace seatwise
