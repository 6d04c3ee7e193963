"""One fuzz target as two things: a fuzzer, and a test of its corpus."""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_test")

_SUFFIX = "_fuzz_test"

def cc_fuzz_test(name, srcs, deps, corpus = [], size = "small"):
    """Declares a fuzz target, whose sources define LLVMFuzzerTestOneInput.

    Args:
      name: X_fuzz_test, the test: it runs the empty input and each file of the
        corpus, with any compiler, as part of `bazel test`. The fuzzer is called
        X_fuzzer; it needs --config=fuzz, and tools/fuzz.sh runs it.
      srcs: the sources.
      deps: what they include.
      corpus: interesting inputs, among them each that ever failed.
      size: the test's.
    """
    if not name.endswith(_SUFFIX):
        fail("cc_fuzz_test: the name %s does not end in %s" % (name, _SUFFIX))
    stem = name[:-len(_SUFFIX)]

    args = []
    data = []
    if corpus:
        native.filegroup(
            name = stem + "_corpus",
            testonly = True,
            srcs = corpus,
            visibility = ["//visibility:private"],
        )
        args = ["$(rootpaths :%s_corpus)" % stem]
        data = [":%s_corpus" % stem]

    cc_test(
        name = name,
        size = size,
        srcs = srcs,
        args = args,
        data = data,
        deps = deps + ["//bazel:fuzz_main"],
    )

    # The corpus is data here so that tools/fuzz.sh can ask for it.
    cc_binary(
        name = stem + "_fuzzer",
        testonly = True,
        srcs = srcs,
        data = data,
        linkopts = ["-fsanitize=fuzzer"],
        tags = [
            "fuzz",
            "manual",
        ],
        visibility = ["//visibility:private"],
        deps = deps,
    )
