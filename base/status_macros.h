// Early return on a bad status.
//
//   SEATWISE_RETURN_IF_ERROR(Write(rows));
//   SEATWISE_ASSIGN_OR_RETURN(Columns columns, ReadFolder(path));
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define SEATWISE_RETURN_IF_ERROR(expression)           \
  do {                                                 \
    absl::Status seatwise_status = (expression);       \
    if (!seatwise_status.ok()) return seatwise_status; \
  } while (false)

#define SEATWISE_MACRO_CONCAT_INNER(a, b) a##b
#define SEATWISE_MACRO_CONCAT(a, b) SEATWISE_MACRO_CONCAT_INNER(a, b)

#define SEATWISE_ASSIGN_OR_RETURN(declaration, expression)                                   \
  SEATWISE_ASSIGN_OR_RETURN_IMPL(SEATWISE_MACRO_CONCAT(seatwise_or_, __LINE__), declaration, \
                                 expression)

#define SEATWISE_ASSIGN_OR_RETURN_IMPL(result, declaration, expression) \
  auto result = (expression);                                           \
  if (!result.ok()) return std::move(result).status();                  \
  declaration = *std::move(result)
