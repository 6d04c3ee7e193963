#include "storage/high_water_mark.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rocksdb/file_checksum.h"
#include "storage/rocks_status.h"

namespace seatwise {
namespace {

constexpr absl::string_view kMagic = "SWMARK1\n";
constexpr size_t kSlotBytes = 36;
constexpr size_t kSlotStride = 4096;  // Slots never share a page or a sector.
constexpr double kSecondsBetweenSyncs = 1;
const rocksdb::IOOptions kIo;

struct Slot {
  Mark mark;
  uint64_t turn = 0;
};

std::string Crc32c(absl::string_view bytes) {
  static const auto& factory = *new auto(rocksdb::GetFileChecksumGenCrc32cFactory());
  const auto generator = factory->CreateFileChecksumGenerator({});
  generator->Update(bytes.data(), bytes.size());
  generator->Finalize();
  return generator->GetChecksum();
}

void AppendNumber(std::string& bytes, uint64_t number) {
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(number >> (8 * i)));
}

uint64_t NumberAt(absl::string_view bytes, size_t offset) {
  uint64_t number = 0;
  for (int i = 8; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[offset + i]);
  return number;
}

std::string Encode(const Slot& slot) {
  std::string bytes(kMagic);
  AppendNumber(bytes, slot.mark.generation);
  AppendNumber(bytes, slot.mark.ticket);
  AppendNumber(bytes, slot.turn);
  return absl::StrCat(bytes, Crc32c(bytes));
}

std::optional<Slot> Decode(absl::string_view file, size_t index) {
  const size_t begin = index * kSlotStride;
  if (file.size() < begin + kSlotBytes) return std::nullopt;
  const absl::string_view bytes = file.substr(begin, kSlotBytes);
  const absl::string_view body = bytes.substr(0, kSlotBytes - 4);
  if (body.substr(0, kMagic.size()) != kMagic || bytes.substr(body.size()) != Crc32c(body)) {
    return std::nullopt;
  }
  return Slot{{NumberAt(body, 8), NumberAt(body, 16)}, NumberAt(body, 24)};
}

absl::StatusOr<Slot> ReadNewest(const StoreFolder& folder) {
  const absl::StatusOr<std::string> file = folder.Read(kMarkFile);
  if (!file.ok()) return absl::DataLossError(file.status().message());
  std::optional<Slot> newest;
  for (size_t index = 0; index < 2; ++index) {
    const std::optional<Slot> slot = Decode(*file, index);
    if (slot && (!newest || slot->turn > newest->turn)) newest = slot;
  }
  if (newest) return *newest;
  return absl::DataLossError(absl::StrCat("'", folder.PathOf(kMarkFile), "' is damaged"));
}

}  // namespace

absl::Status HighWaterMark::Create(const StoreFolder& folder, Mark mark) {
  std::string file(2 * kSlotStride, '\0');
  for (const uint64_t turn : {0, 1}) {
    const std::string slot = Encode({mark, turn});
    std::copy(slot.begin(), slot.end(), file.begin() + turn * kSlotStride);
  }
  return folder.WriteDurably(kMarkFile, file);
}

absl::StatusOr<Mark> HighWaterMark::Read(const StoreFolder& folder) {
  SEATWISE_ASSIGN_OR_RETURN(const Slot slot, ReadNewest(folder));
  return slot.mark;
}

absl::StatusOr<std::unique_ptr<HighWaterMark>> HighWaterMark::Open(const StoreFolder& folder) {
  SEATWISE_ASSIGN_OR_RETURN(const Slot slot, ReadNewest(folder));
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(folder.file_system().NewRandomRWFile(folder.PathOf(kMarkFile),
                                                     rocksdb::FileOptions(), &file, nullptr),
                "opening MARK"));
  return std::unique_ptr<HighWaterMark>(new HighWaterMark(std::move(file), slot.mark, slot.turn));
}

absl::Status HighWaterMark::MoveTo(uint64_t ticket) {
  const Slot next = {{mark_.generation, ticket}, turn_ + 1};
  const std::string bytes = Encode(next);
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(file_->Write((next.turn % 2) * kSlotStride, bytes, kIo, nullptr), "writing MARK"));
  mark_ = next.mark;
  turn_ = next.turn;
  return since_sync_.Seconds() < kSecondsBetweenSyncs ? absl::OkStatus() : Sync();
}

absl::Status HighWaterMark::Sync() {
  SEATWISE_RETURN_IF_ERROR(FromRocks(file_->Sync(kIo, nullptr), "syncing MARK"));
  since_sync_ = Stopwatch();
  return absl::OkStatus();
}

}  // namespace seatwise
