"""The targets of one .proto file."""

load("@com_github_grpc_grpc//bazel:cc_grpc_library.bzl", "cc_grpc_library")
load("@rules_cc//cc:defs.bzl", "cc_proto_library")
load("@rules_proto//proto:defs.bzl", "proto_library")

def seatwise_proto(name, deps = [], service = False):
    """Declares X_proto, X_cc_proto (messages, without gRPC) and, for services, X_cc_grpc (stubs).

    C++ includes "seatwise/v1/X.pb.h" and "seatwise/v1/X.grpc.pb.h".

    Args:
      name: X_proto, where the file is X.proto.
      deps: the proto_library of each file that it imports.
      service: whether it declares services.
    """
    stem = name[:-len("_proto")]
    proto_library(
        name = name,
        srcs = [stem + ".proto"],
        strip_import_prefix = "/proto",
        deps = deps,
    )
    cc_proto_library(
        name = stem + "_cc_proto",
        deps = [":" + name],
    )
    if service:
        cc_grpc_library(
            name = stem + "_cc_grpc",
            srcs = [":" + name],
            grpc_only = True,
            deps = [":%s_cc_proto" % stem],
        )
