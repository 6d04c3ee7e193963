"""The machine's libraries as cc_library targets, read from pkg-config's files.

One target for each module and each module that it requires, so that a link
line names every library once, after all those that need it. Headers are found
on the compiler's own include path: a target carries nothing but link flags.
"""

_HEADER = """\
package(default_visibility = ["//visibility:public"])
"""

_LIBRARY = """
cc_library(
    name = {name},
    linkopts = select({{
        "@//third_party:static_libraries": {static},
        "//conditions:default": {shared},
    }}),
    deps = {deps},
)
"""

def _fields(text):
    fields = {}
    for line in text.split("\n"):
        key, colon, value = line.partition(":")
        if colon and "=" not in key:
            fields[key.strip()] = value.strip()
    return fields

def _modules(requires):
    # "absl_core_headers = 20220623 gpr" names two modules.
    return [
        word
        for word in requires.replace(",", " ").split(" ")
        if word and word[0] not in "=<>" and not word[0].isdigit()
    ]

def _flags(value):
    # abseil's -latomic comes with the -Wl, flags that drop it where unneeded.
    return [word for word in value.split(" ") if word and not word.startswith("-L")]

def _archive(ctx, flag):
    if not flag.startswith("-l") or flag[2:] in ctx.attr.shared_only:
        return flag
    path = "%s/lib%s.a" % (ctx.attr.library_dir, flag[2:])
    return path if ctx.path(path).exists else flag

def _pkg_config_repository_impl(ctx):
    found = {}
    waiting = list(ctx.attr.modules)
    for requires in ctx.attr.libraries.values():
        waiting += requires
    for _ in range(1000):
        if not waiting:
            break
        name = waiting.pop()
        if name in found or name in ctx.attr.libraries:
            continue
        path = "%s/pkgconfig/%s.pc" % (ctx.attr.library_dir, name)
        if not ctx.path(path).exists:
            fail("%s does not exist: install the library's -dev package, see README.md" % path)
        fields = _fields(ctx.read(path))
        shared = _flags(fields.get("Libs", ""))
        static = shared + _flags(fields.get("Libs.private", ""))
        requires = _modules(fields.get("Requires", ""))
        found[name] = struct(
            deps = requires,
            shared = shared,
            static = static + ctx.attr.static_flags.get(name, []),
        )
        waiting += requires
    for name, requires in ctx.attr.libraries.items():
        found[name] = struct(deps = requires, shared = ["-l" + name], static = ["-l" + name])

    build = [_HEADER]
    for name, library in sorted(found.items()):
        build.append(_LIBRARY.format(
            deps = [":" + dep for dep in library.deps],
            name = repr(name),
            shared = library.shared,
            static = [_archive(ctx, flag) for flag in library.static],
        ))
    ctx.file("BUILD", "".join(build), executable = False)

pkg_config_repository = repository_rule(
    implementation = _pkg_config_repository_impl,
    attrs = {
        "libraries": attr.string_list_dict(
            doc = "libraries without a .pc file, and the modules each needs",
        ),
        "library_dir": attr.string(default = "/usr/lib/x86_64-linux-gnu"),
        "modules": attr.string_list(doc = "pkg-config modules"),
        "shared_only": attr.string_list(
            default = ["atomic", "dl", "m", "pthread", "rt"],
            doc = "libraries that are never linked as archives",
        ),
        "static_flags": attr.string_list_dict(
            doc = "by module, what its archive needs and its .pc file does not say",
        ),
    },
    configure = True,
    local = True,
)
