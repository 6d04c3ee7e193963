"""ProtoInfo is built into Bazel 4: renamed, for defs.bzl to export it."""

NativeProtoInfo = ProtoInfo  # buildifier: disable=native-proto-info
