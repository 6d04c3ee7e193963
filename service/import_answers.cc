#include "service/import_answers.h"

#include <utility>

namespace seatwise {

ImportAnswers::ImportAnswers(Write write) : write_(std::move(write)), thread_([this] { Loop(); }) {}

ImportAnswers::~ImportAnswers() {
  {
    MutexLock lock(&mutex_);
    ending_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void ImportAnswers::Acknowledge(v1::ImportResponse answer) {
  {
    MutexLock lock(&mutex_);
    next_ = std::move(answer);
  }
  changed_.NotifyAll();
}

bool ImportAnswers::Send(v1::ImportResponse answer) {
  MutexLock lock(&mutex_);
  while (next_.has_value() && !gone_) changed_.Wait(mutex_);
  next_ = std::move(answer);
  changed_.NotifyAll();
  while ((next_.has_value() || sending_) && !gone_) changed_.Wait(mutex_);
  return !gone_;
}

bool ImportAnswers::idle() const {
  MutexLock lock(&mutex_);
  return gone_ || (!next_.has_value() && !sending_);
}

void ImportAnswers::Loop() {
  for (;;) {
    v1::ImportResponse answer;
    {
      MutexLock lock(&mutex_);
      while (!next_.has_value() && !ending_) changed_.Wait(mutex_);
      if (ending_) return;
      answer = *std::exchange(next_, std::nullopt);
      sending_ = true;
    }
    const bool taken = write_(answer);
    {
      MutexLock lock(&mutex_);
      sending_ = false;
      gone_ = gone_ || !taken;
    }
    changed_.NotifyAll();
  }
}

}  // namespace seatwise
