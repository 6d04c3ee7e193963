// The server's log: one JSON object a line, for programs first. It never holds secrets: no request
// bodies, no tokens, no keys. Ids of tenants, users and the like are fine.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/mutex.h"

namespace seatwise {

// How much a line matters. kError: somebody has to act.
enum class LogLevel : uint8_t { kDebug, kInfo, kWarning, kError };

// One key with its value, for the duration of a call of Log: texts are not copied.
class LogField {
 public:
  LogField(absl::string_view key, absl::string_view text) : key_(key), value_(text) {}
  LogField(absl::string_view key, const char* text) : key_(key), value_(absl::string_view(text)) {}
  LogField(absl::string_view key, const std::string& text)
      : key_(key), value_(absl::string_view(text)) {}
  LogField(absl::string_view key, bool value) : key_(key), value_(value) {}
  LogField(absl::string_view key, double value) : key_(key), value_(value) {}
  template <std::integral Integer>
  LogField(absl::string_view key, Integer value) : key_(key), value_(static_cast<int64_t>(value)) {}

 private:
  friend class Logger;

  absl::string_view key_;
  std::variant<bool, int64_t, double, absl::string_view> value_;
};

// Writes lines like
//   {"time":"2026-11-26T01:30:00.5Z","level":"info","message":"tenant loaded","tenant":"contoso"}
// with the keys in this order, then the fields' in the order given. Lines of several threads do not
// mix. What is not UTF-8 is replaced by U+FFFD. Any thread.
class Logger {
 public:
  // Takes one line with its line feed; one call at a time.
  using Sink = std::function<void(absl::string_view line)>;

  // Lines below `least` are dropped. `clock` must outlive the logger.
  Logger(LogLevel least, Sink sink, const Clock& clock);

  // `message` says what happened in the same words each time; what varies goes into fields.
  void Log(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields = {});
  void Debug(absl::string_view message, std::initializer_list<LogField> fields = {});
  void Info(absl::string_view message, std::initializer_list<LogField> fields = {});
  void Warning(absl::string_view message, std::initializer_list<LogField> fields = {});
  void Error(absl::string_view message, std::initializer_list<LogField> fields = {});

  bool Takes(LogLevel level) const { return level >= least_; }

 private:
  const LogLevel least_;
  const Sink sink_;
  const Clock& clock_;
  Mutex mutex_;  // Held while the sink is called.
};

// Writes to stderr, whole lines at once.
Logger::Sink StderrSink();

}  // namespace seatwise
