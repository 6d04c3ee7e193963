#include "service/log.h"

#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace seatwise {
namespace {

absl::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "";
}

std::string Json(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string JsonText(absl::string_view text) { return Json(std::string(text)); }

}  // namespace

Logger::Logger(LogLevel least, Sink sink, const Clock& clock)
    : least_(least), sink_(std::move(sink)), clock_(clock) {}

void Logger::Log(LogLevel level, absl::string_view message,
                 std::initializer_list<LogField> fields) {
  if (!Takes(level)) return;
  std::string line = absl::StrCat("{\"time\":\"", FormatTime(clock_.Now()), "\",\"level\":\"",
                                  LevelName(level), "\",\"message\":", JsonText(message));
  for (const LogField& field : fields) {
    absl::StrAppend(&line, ",", JsonText(field.key_), ":");
    std::visit(
        [&line](const auto& value) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, absl::string_view>) {
            absl::StrAppend(&line, JsonText(value));
          } else {
            absl::StrAppend(&line, Json(value));
          }
        },
        field.value_);
  }
  absl::StrAppend(&line, "}\n");
  MutexLock lock(&mutex_);
  sink_(line);
}

void Logger::Debug(absl::string_view message, std::initializer_list<LogField> fields) {
  Log(LogLevel::kDebug, message, fields);
}

void Logger::Info(absl::string_view message, std::initializer_list<LogField> fields) {
  Log(LogLevel::kInfo, message, fields);
}

void Logger::Warning(absl::string_view message, std::initializer_list<LogField> fields) {
  Log(LogLevel::kWarning, message, fields);
}

void Logger::Error(absl::string_view message, std::initializer_list<LogField> fields) {
  Log(LogLevel::kError, message, fields);
}

Logger::Sink StderrSink() {
  return [](absl::string_view line) {
    while (!line.empty()) {
      const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return;  // Nobody is left to be told.
      line.remove_prefix(static_cast<size_t>(written));
    }
  };
}

}  // namespace seatwise
