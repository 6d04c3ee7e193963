"""cc_grpc_library, with the interface of gRPC's own rule of that name."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load("@rules_proto//proto:defs.bzl", "ProtoInfo")

def _import_path(source, root):
    """How other files import a .proto: its path below the proto_library's source root."""
    return source.path if root == "." else source.path[len(root) + 1:]

def _output_root(ctx, root):
    """Where the compiler has to write for its outputs to lie beside the sources."""
    if root == ".":
        return ctx.bin_dir.path
    if root.startswith(ctx.bin_dir.path + "/"):  # strip_import_prefix
        return root
    return ctx.bin_dir.path + "/" + root  # another repository

def _grpc_stubs_impl(ctx):
    info = ctx.attr.proto[ProtoInfo]
    root = info.proto_source_root
    suffixes = ["_mock.grpc.pb.h"] if ctx.attr.generate_mocks else []
    headers = []
    sources = []
    for source in info.direct_sources:
        stem = source.basename[:-len(".proto")]
        for suffix in [".grpc.pb.h"] + suffixes:
            headers.append(ctx.actions.declare_file(stem + suffix, sibling = source))
        sources.append(ctx.actions.declare_file(stem + ".grpc.pb.cc", sibling = source))

    args = ctx.actions.args()
    args.add(ctx.file._plugin, format = "--plugin=protoc-gen-grpc=%s")
    args.add("--grpc_out={options}{directory}".format(
        directory = _output_root(ctx, root),
        options = "generate_mock_code=true:" if ctx.attr.generate_mocks else "",
    ))
    args.add_joined(
        info.transitive_descriptor_sets,
        format_joined = "--descriptor_set_in=%s",
        join_with = ":",
    )
    args.add_all([_import_path(source, root) for source in info.direct_sources])
    ctx.actions.run(
        arguments = [args],
        executable = ctx.file._protoc,
        inputs = info.transitive_descriptor_sets,
        mnemonic = "GenGrpcStubs",
        outputs = headers + sources,
        progress_message = "Generating gRPC stubs of %s" % ctx.attr.proto.label,
        tools = [ctx.file._plugin],
    )
    return [
        DefaultInfo(files = depset(headers + sources)),
        OutputGroupInfo(headers = depset(headers), sources = depset(sources)),
    ]

_grpc_stubs = rule(
    implementation = _grpc_stubs_impl,
    attrs = {
        "generate_mocks": attr.bool(),
        "proto": attr.label(mandatory = True, providers = [ProtoInfo]),
        "_plugin": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@com_github_grpc_grpc//src/compiler:grpc_cpp_plugin",
        ),
        "_protoc": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@com_google_protobuf//:protoc",
        ),
    },
)

def cc_grpc_library(name, srcs, deps, grpc_only = True, generate_mocks = False, **kwargs):
    """A cc_library of the gRPC stubs for the services of a proto_library.

    Args:
      name: the name of the library.
      srcs: one proto_library.
      deps: its cc_proto_library.
      grpc_only: always True: the messages come from deps.
      generate_mocks: whether to generate gMock classes, in *_mock.grpc.pb.h.
      **kwargs: passed on to cc_library.
    """
    if len(srcs) != 1 or not grpc_only:
        fail("%s: needs one proto_library in srcs, and grpc_only" % name)
    _grpc_stubs(
        name = name + "_stubs",
        generate_mocks = generate_mocks,
        proto = srcs[0],
        visibility = ["//visibility:private"],
    )
    for group in ["headers", "sources"]:
        native.filegroup(
            name = "%s_%s" % (name, group),
            srcs = [":%s_stubs" % name],
            output_group = group,
            visibility = ["//visibility:private"],
        )
    cc_library(
        name = name,
        srcs = [":%s_sources" % name],
        hdrs = [":%s_headers" % name],
        # Where a proto_library with strip_import_prefix has its sources.
        includes = ["_virtual_imports/" + srcs[0].split(":")[-1]],
        deps = deps + ["@com_github_grpc_grpc//:grpc++"],
        **kwargs
    )
