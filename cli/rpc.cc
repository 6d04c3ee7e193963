#include "cli/rpc.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <deque>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"

namespace seatwise::cli {
namespace {

// Long enough for a change to the largest tenant; a server that is gone is noticed earlier.
constexpr int kDeadlineMinutes = 10;

// Waits for the next operation to end; answers its tag and whether it succeeded.
std::pair<void*, bool> Await(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  if (!queue.Next(&tag, &ok)) return {nullptr, false};
  return {tag, ok};
}

// Keeps one read under way at all times, so that what the server says never stops it from hearing.
class GrpcStream final : public Stream {
 public:
  GrpcStream(const std::shared_ptr<grpc::Channel>& channel, absl::string_view method,
             std::function<absl::Status(absl::Status)> explain)
      : explain_(std::move(explain)), stub_(channel) {
    call_ = stub_.PrepareCall(&context_, absl::StrCat("/", method), &queue_);
    call_->StartCall(&start_);
    RunUntil(&start_);
    StartRead();
  }

  ~GrpcStream() override {
    context_.TryCancel();
    if (!finished_) static_cast<void>(Finish());
    queue_.Shutdown();
    while (Await(queue_).first != nullptr) {
    }
  }

  bool Write(const google::protobuf::Message& message) override {
    call_->Write(ToBytes(message), &write_);
    return RunUntil(&write_);
  }

  bool Read(google::protobuf::Message& message) override {
    while (received_.empty() && reading_) RunUntil(&read_);
    if (received_.empty()) return false;
    broken_ = FromBytes(received_.front(), message);
    received_.pop_front();
    if (!reading_ && !ended_) StartRead();
    return broken_.ok();
  }

  void WritesDone() override {
    call_->WritesDone(&write_);
    RunUntil(&write_);
  }

  absl::Status Finish() override {
    finished_ = true;
    if (!broken_.ok()) context_.TryCancel();
    grpc::Status status;
    call_->Finish(&status, &finish_);
    RunUntil(&finish_);
    return broken_.ok() ? explain_(FromGrpc(status)) : broken_;
  }

 private:
  static constexpr size_t kMostReceived = 16;  // Messages that nobody has asked for yet.

  void StartRead() {
    reading_ = true;
    incoming_.Clear();
    call_->Read(&incoming_, &read_);
  }

  // Handles ends of reads until the operation with this tag ends; answers whether it succeeded.
  bool RunUntil(void* wanted) {
    for (;;) {
      const auto [tag, ok] = Await(queue_);
      if (tag == nullptr) return false;
      if (tag == &read_) EndRead(ok);
      if (tag == wanted) return ok;
    }
  }

  void EndRead(bool ok) {
    reading_ = false;
    ended_ = !ok;
    if (!ok) return;
    received_.push_back(incoming_);
    if (received_.size() < kMostReceived) StartRead();
  }

  const std::function<absl::Status(absl::Status)> explain_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  grpc::ByteBuffer incoming_;
  std::deque<grpc::ByteBuffer> received_;
  absl::Status broken_;
  bool reading_ = false;
  bool ended_ = false;
  bool finished_ = false;
  // Their addresses are the operations' tags.
  char start_ = 0;
  char read_ = 0;
  char write_ = 0;
  char finish_ = 0;
};

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& detail : details.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

absl::Status FromBytes(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (bytes.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    if (message.ParseFromString(text)) return absl::OkStatus();
  }
  return absl::InternalError("the server's answer makes no sense; is it another version?");
}

absl::Status UnaryCall(const std::shared_ptr<grpc::Channel>& channel, absl::string_view method,
                       const google::protobuf::Message& request,
                       google::protobuf::Message& response) {
  grpc::ClientContext context;
  context.set_deadline(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                                    gpr_time_from_minutes(kDeadlineMinutes, GPR_TIMESPAN)));
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const auto call =
      stub.PrepareUnaryCall(&context, absl::StrCat("/", method), ToBytes(request), &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  Await(queue);
  return status.ok() ? FromBytes(answer, response) : FromGrpc(status);
}

std::unique_ptr<Stream> OpenStream(const std::shared_ptr<grpc::Channel>& channel,
                                   absl::string_view method,
                                   std::function<absl::Status(absl::Status)> explain) {
  return std::make_unique<GrpcStream>(channel, method, std::move(explain));
}

}  // namespace seatwise::cli
