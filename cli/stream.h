// A call that carries many messages.
#pragma once

#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace seatwise::cli {

// A stream of messages in both directions. One thread. Destroying it cancels it.
class Stream {
 public:
  virtual ~Stream() = default;

  // False if the call has ended: Finish says why.
  virtual bool Write(const google::protobuf::Message& message) = 0;
  // The next message of the server, of this type. False at the end.
  virtual bool Read(google::protobuf::Message& message) = 0;
  // No more is written.
  virtual void WritesDone() = 0;
  // How the call ended. After Read or Write was false; once.
  virtual absl::Status Finish() = 0;
};

}  // namespace seatwise::cli
