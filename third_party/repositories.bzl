"""The repositories that this workspace builds against."""

load("//third_party:pkg_config.bzl", "pkg_config_repository")

# Upstream's names, with upstream's targets as aliases of what is installed.
_LIBRARIES = [
    "com_github_civetweb_civetweb",
    "com_github_cliutils_cli11",
    "com_github_facebook_rocksdb",
    "com_github_google_benchmark",
    "com_github_grpc_grpc",
    "com_github_jupp0r_prometheus_cpp",
    "com_github_nlohmann_json",
    "com_google_absl",
    "com_google_googleapis",
    "com_google_googletest",
]

# What Bazel's own packages load; Bazel 4 would download any not declared here.
_BAZEL_RULES = [
    "remote_coverage_tools",
    "rules_cc",
    "rules_java",
    "rules_proto",
]

# buildifier: disable=unnamed-macro
def repositories():
    """Declares every external repository: nothing is ever downloaded."""
    for name in _LIBRARIES:
        native.local_repository(name = name, path = "third_party/" + name)
    for name in _BAZEL_RULES:
        native.local_repository(name = name, path = "third_party/bazel/" + name)

    for name in ["com_google_protobuf", "system"]:
        native.new_local_repository(
            name = name,
            build_file = "//third_party:%s.BUILD" % name,
            path = "/usr",
        )
    pkg_config_repository(
        name = "pkg_config",
        libraries = {
            "benchmark_main": ["benchmark"],
            "civetweb": [],
            "civetweb-cpp": ["civetweb"],
            "grpc++_reflection": ["grpc++", "protobuf"],
            "grpcpp_channelz": ["grpc++", "protobuf"],
            "jemalloc": [],
        },
        modules = [
            "absl_algorithm_container",
            "absl_any_invocable",
            "absl_base",
            "absl_bits",
            "absl_btree",
            "absl_cleanup",
            "absl_cord",
            "absl_core_headers",
            "absl_endian",
            "absl_failure_signal_handler",
            "absl_fixed_array",
            "absl_flags_parse",
            "absl_flat_hash_map",
            "absl_flat_hash_set",
            "absl_function_ref",
            "absl_hash",
            "absl_inlined_vector",
            "absl_int128",
            "absl_memory",
            "absl_node_hash_map",
            "absl_node_hash_set",
            "absl_optional",
            "absl_random_random",
            "absl_span",
            "absl_stacktrace",
            "absl_status",
            "absl_statusor",
            "absl_str_format",
            "absl_strings",
            "absl_symbolize",
            "absl_synchronization",
            "absl_time",
            "absl_variant",
            "gmock",
            "grpc++",
            "gtest_main",
            "prometheus-cpp-core",
            "protobuf",
            "protobuf-lite",
            "rocksdb",
        ],
        static_flags = {
            "rocksdb": ["-lgflags", "-lsnappy", "-lz", "-lbz2", "-llz4", "-lzstd"],
        },
    )
