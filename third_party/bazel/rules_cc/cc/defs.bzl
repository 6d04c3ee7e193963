"""The C++ rules under their upstream load path.

Bazel 4 still has these rules built in; Bazel's own packages and this
repository load them from @rules_cc so that a later Bazel, which no longer has
them built in, needs no change to any BUILD file.
"""

cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_proto_library = native.cc_proto_library
cc_test = native.cc_test
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
objc_library = native.objc_library
