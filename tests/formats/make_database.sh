#!/bin/bash
# tests/formats/make_database.sh DIR: writes the database that is kept here for a format of the store,
# with all kinds of facts, a history, and a log that was not closed; and what is in it, as the program
# that wrote it says. Once for each version of the format, by a program of that time:
#   ./bazelw build -c opt //cli:seatwise //service:seatwised && tests/formats/make_database.sh tests/formats/format_1
set -euo pipefail
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
db=$out/db
export SEATWISE_TENANT=contoso
say() { bazel-bin/cli/seatwise "$@" >/dev/null; }
request() { echo "--request-id=00000000-0000-4000-8000-00000000000$1"; }

say tenant create contoso --name 'Contoso Ltd' --db="$db"
say tenant create empty --db="$db"
say import tests/formats/first_facts --db="$db" 2>/dev/null
say user create gil --location US --created-at 2024-03-06T08:00:00Z --db="$db"
say member add sales --user gil --db="$db"
say user delete gil --db="$db" "$(request 1)"
say subscription update s-e3 --units 1 --db="$db"
say reconcile --db="$db"

# The rest is in the log only: nobody closes this server's database.
bazel-bin/service/seatwised --data="$db" --listen=127.0.0.1:0 --http-listen '' 2>"$out/log" &
server=$!
trap 'kill -9 $server 2>/dev/null || true; rm -f "$out/log"' EXIT
until grep -q '"message":"serving"' "$out/log"; do sleep 0.1; done
address=127.0.0.1:$(sed -n 's/.*"message":"serving".*"port":\([0-9]*\).*/\1/p' "$out/log")
say user update bob --location DE --server="$address" "$(request 2)"
say assign e5 --user bob --disable docs --priority 3 --server="$address"
say member remove board --user eve --server="$address"
kill -9 "$server"
wait "$server" 2>/dev/null || true
rm -f "$db"/LOCK "$db"/rocks/LOCK "$db"/rocks/LOG*

cp -r "$db" "$out/copy"
trap 'rm -rf "$out/copy" "$out/log"' EXIT
say export "$out/facts" --db="$out/copy"
say reconcile --from "$out/facts" --out "$out/answers" 2>/dev/null
bazel-bin/cli/seatwise watch --after 1 --until 9 -o json --db="$out/copy" >"$out/changes.json"
