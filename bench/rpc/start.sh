# Sourced by run.sh and change.sh with the PRESET: starts a server on loopback, imports the preset as
# a tenant, and says where: $address, $tenant, $folder. Everything is stopped and removed at the end.
preset=${1:?"usage: $(basename "$0") PRESET, one of S, M, L, XL, XXL"}
tenant=preset-${preset,,}
folder=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT

bazel-bin/bench/workload/generate --preset="$preset" --seed=1 --out="$folder/facts" >/dev/null
bazel-bin/service/seatwised --data="$folder/db" --listen=127.0.0.1:0 --http-listen=off 2>"$folder/log" &
server=$!
pids+=("$server")
until grep -q '"message":"serving"' "$folder/log"; do
  kill -0 "$server" || { cat "$folder/log" >&2 && exit 1; }
  sleep 0.1
done
address=127.0.0.1:$(sed -n 's/.*"message":"serving".*"port":\([0-9]*\).*/\1/p' "$folder/log")

bazel-bin/cli/seatwise tenant create "$tenant" --server="$address"
/usr/bin/time -f 'import: %e s' bazel-bin/cli/seatwise import "$folder/facts" --server="$address" --tenant="$tenant"
grep -E 'VmRSS|VmHWM' "/proc/$server/status"  # Of the server: resident now, and at most so far.
awk -v hertz="$(getconf CLK_TCK)" '{ printf "server: %.1f s user, %.1f s system\n", $14 / hertz, $15 / hertz }' \
  "/proc/$server/stat"
