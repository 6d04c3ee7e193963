#include "service/proto_bytes.h"

#include <memory>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace seatwise {

std::string SameBytesOf(const google::protobuf::MessageLite& message) {
  // A copy knows no sizes yet, whatever became of the message before.
  const std::unique_ptr<google::protobuf::MessageLite> copy(message.New());
  copy->CheckTypeAndMergeFrom(message);
  std::string bytes;
  google::protobuf::io::StringOutputStream out(&bytes);
  google::protobuf::io::CodedOutputStream coded(&out);
  coded.SetSerializationDeterministic(true);
  copy->SerializeWithCachedSizes(&coded);
  return bytes;
}

}  // namespace seatwise
