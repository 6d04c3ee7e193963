#!/bin/bash
# fuzz.sh SECONDS [TARGET...]
# Builds the fuzzers (all, if none is named) and runs each for SECONDS, two at a
# time, starting from its corpus. A crash prints what libFuzzer says, with the
# input in Base64. The last line counts: "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

seconds=${1:?usage: tools/fuzz.sh SECONDS [TARGET...]}
shift
bazel() { ./bazelw "$@" </dev/null; }
quiet=(--ui_event_filters=-info,-warning --noshow_progress)

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  found=$(bazel query 'attr(tags, "\bfuzz\b", //...)' "${quiet[@]}") || exit 1
  mapfile -t targets <<<"$found"
  [ -n "$found" ] || targets=()
fi
if [ ${#targets[@]} -eq 0 ]; then
  echo "no fuzz targets"
  echo "0 passed, 0 failed"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! bazel build --config=fuzz --jobs=2 "${quiet[@]}" "${targets[@]}"; then
  echo "0 passed, ${#targets[@]} failed"
  exit 1
fi
bin=$(bazel info --config=fuzz "${quiet[@]}" bazel-bin 2>/dev/null)

# The folders of a target's corpus.
corpus() {
  bazel query "kind('source file', deps(labels(data, $1)))" "${quiet[@]}" 2>/dev/null |
    sed 's|^//||; s|:|/|; s|/[^/]*$||' | sort -u
}

fuzz() { # binary, folder for what it finds, corpus folders
  # addr2line comes with the compiler; llvm-symbolizer would be 210 MB more.
  ASAN_SYMBOLIZER_PATH=/usr/bin/addr2line timeout $((seconds + 60)) "$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
    -artifact_prefix="$2/" -print_final_stats=1 "${@:2}" >"$2.log" 2>&1
  echo $? >"$2.status"
}

for target in "${targets[@]}"; do
  name=${target##*:}
  path=${target#//}
  mkdir "$work/$name"
  mapfile -t folders < <(corpus "$target")
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
  fuzz "$bin/${path/://}" "$work/$name" ${folders[@]+"${folders[@]}"} &
done
wait

passed=0
failed=0
for target in "${targets[@]}"; do
  name=${target##*:}
  if [ "$(cat "$work/$name.status")" = 0 ]; then
    passed=$((passed + 1))
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log") inputs, no failure"
  else
    failed=$((failed + 1))
    echo "$target: FAILED"
    tail -n 60 "$work/$name.log"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
