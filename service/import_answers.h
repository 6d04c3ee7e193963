// Sends the answers of an import's stream on a thread of its own, so that a client that sends all
// its chunks before it reads anything does not wait for a server that waits for it.
#pragma once

#include <functional>
#include <optional>
#include <thread>

#include "base/mutex.h"
#include "seatwise/v1/transfer_service.pb.h"

namespace seatwise {

// Any thread, but for the construction and destruction.
class ImportAnswers {
 public:
  // Blocks until the client takes the answer; false if it is gone. Called by one thread at a time.
  using Write = std::function<bool(const v1::ImportResponse&)>;

  explicit ImportAnswers(Write write);
  ImportAnswers(const ImportAnswers&) = delete;
  ImportAnswers& operator=(const ImportAnswers&) = delete;
  // Waits for the answer that is being sent; drops one that waits.
  ~ImportAnswers();

  // Sends an acknowledgement, soon: it takes the place of one that was not sent yet.
  void Acknowledge(v1::ImportResponse answer);

  // Sends an answer after all before it, and waits until it is sent. False if the client is gone.
  bool Send(v1::ImportResponse answer);

  // Whether the client has taken everything.
  bool idle() const;

 private:
  void Loop();

  const Write write_;
  mutable Mutex mutex_;
  CondVar changed_;
  std::optional<v1::ImportResponse> next_ SEATWISE_GUARDED_BY(mutex_);
  bool sending_ SEATWISE_GUARDED_BY(mutex_) = false;
  bool gone_ SEATWISE_GUARDED_BY(mutex_) = false;  // The client.
  bool ending_ SEATWISE_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace seatwise
