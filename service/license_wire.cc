// A field is its tag (number and kind), the length of what follows, and that. A message within
// another is such a field, so lengths are added up before anything is written:
//
//   licenses: 0x12 len { sku_id: 0x0a len "E3"  state: 0x10 1  enabled_plan_ids: 0x1a len "MAIL" ..
//   }
#include "service/license_wire.h"

#include <google/protobuf/io/coded_stream.h>

#include <cstddef>
#include <cstring>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"
#include "seatwise/v1/license.pb.h"
#include "seatwise/v1/license_service.pb.h"
#include "service/derived_to_proto.h"

namespace seatwise {
namespace {

using google::protobuf::io::CodedOutputStream;

// Kinds of fields.
constexpr uint32_t kVarint = 0;
constexpr uint32_t kBytes = 2;

// All our field numbers are below 16, and their tags of one byte.
constexpr size_t kTagSize = 1;

constexpr uint8_t TagOf(int field, uint32_t kind) {
  return static_cast<uint8_t>(static_cast<uint32_t>(field) << 3 | kind);
}

size_t SizeOfBytesField(size_t length) {
  return kTagSize + CodedOutputStream::VarintSize32(static_cast<uint32_t>(length)) + length;
}

// Fields of strings that are empty are not written, but as elements of lists.
size_t SizeOfText(absl::string_view text) {
  return text.empty() ? 0 : SizeOfBytesField(text.size());
}

uint8_t* PutLength(int field, size_t length, uint8_t* to) {
  *to++ = TagOf(field, kBytes);
  return CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(length), to);
}

// Sixteen bytes at a time: most ids take three of these, where a call of memcpy takes as long.
uint8_t* PutRaw(absl::string_view bytes, uint8_t* to) {
  constexpr size_t kStep = 16;
  const char* from = bytes.data();
  const size_t size = bytes.size();
  if (size < kStep || size > 4 * kStep) {
    std::memcpy(to, from, size);
  } else {
    for (size_t i = 0; i + kStep < size; i += kStep) std::memcpy(to + i, from + i, kStep);
    std::memcpy(to + size - kStep, from + size - kStep, kStep);
  }
  return to + size;
}

uint8_t* PutBytes(int field, absl::string_view bytes, uint8_t* to) {
  to = PutLength(field, bytes.size(), to);
  return PutRaw(bytes, to);
}

uint8_t* PutText(int field, absl::string_view text, uint8_t* to) {
  return text.empty() ? to : PutBytes(field, text, to);
}

// Makes room at the end.
uint8_t* Extend(std::string& bytes, size_t size) {
  const size_t end = bytes.size();
  bytes.resize(end + size);
  return reinterpret_cast<uint8_t*>(bytes.data()) + end;
}

// An EffectiveLicense to be written. Refers to the catalog and to the plans of the license.
class WireLicense {
 public:
  WireLicense(const Catalog& catalog, const LiveLicense& license)
      : catalog_(&catalog),
        plans_(license.enabled_plans),
        sku_(catalog.sku(license.sku).id.value()),
        state_(ToProto(license.state)) {
    static_assert(v1::EffectiveLicense::State_MAX < 0x80, "a state is a varint of one byte");
    size_ = SizeOfText(sku_) + kTagSize + 1;
    catalog_->ForEachIdOf(plans_,
                          [&](absl::string_view id) { size_ += SizeOfBytesField(id.size()); });
  }

  size_t size() const { return size_; }

  uint8_t* Put(uint8_t* to) const {
    to = PutText(v1::EffectiveLicense::kSkuIdFieldNumber, sku_, to);
    *to++ = TagOf(v1::EffectiveLicense::kStateFieldNumber, kVarint);
    *to++ = static_cast<uint8_t>(state_);
    catalog_->ForEachIdOf(plans_, [&](absl::string_view id) {
      to = PutBytes(v1::EffectiveLicense::kEnabledPlanIdsFieldNumber, id, to);
    });
    return to;
  }

 private:
  const Catalog* catalog_;
  PlanBits plans_;
  absl::string_view sku_;
  v1::EffectiveLicense::State state_;
  size_t size_;
};

}  // namespace

void AppendLicenses(const LiveState& live, uint32_t user, std::string& bytes) {
  absl::InlinedVector<WireLicense, 4> licenses;
  size_t size = 0;
  live.ForEachLicense(user, [&](const LiveLicense& license) {
    size += SizeOfBytesField(licenses.emplace_back(live.catalog(), license).size());
  });
  uint8_t* to = Extend(bytes, size);
  for (const WireLicense& license : licenses) {
    to = license.Put(
        PutLength(v1::GetEffectiveLicensesResponse::kLicensesFieldNumber, license.size(), to));
  }
}

void AppendLicenseRow(const LiveState& live, const RowUser& user, const LiveLicense* license,
                      std::string& bytes) {
  using Row = v1::EffectiveLicenseRow;
  std::optional<WireLicense> wire;
  if (license != nullptr) wire.emplace(live.catalog(), *license);
  const size_t size = SizeOfText(user.id) + (wire ? SizeOfBytesField(wire->size()) : 0) +
                      SizeOfText(user.user_principal_name) + SizeOfText(user.display_name);
  uint8_t* to = Extend(bytes, SizeOfBytesField(size));
  to = PutLength(v1::ListEffectiveLicensesResponse::kRowsFieldNumber, size, to);
  to = PutText(Row::kUserIdFieldNumber, user.id, to);
  if (wire) to = wire->Put(PutLength(Row::kLicenseFieldNumber, wire->size(), to));
  to = PutText(Row::kUserPrincipalNameFieldNumber, user.user_principal_name, to);
  PutText(Row::kDisplayNameFieldNumber, user.display_name, to);
}

}  // namespace seatwise
