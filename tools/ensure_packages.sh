#!/bin/bash
# ensure_packages.sh PACKAGE...
# Installs those Debian packages that are missing, saying which, asking nothing.
# Silent and quick (one dpkg-query) when all are there.
set -uo pipefail

say() { echo "seatwise: $*" >&2; }

stop() {
  say "$*"
  exit 1
}

stop_elsewhere() {
  say "$*"
  say "Seatwise is built and tested on Debian 12 (bookworm). Elsewhere, install what these"
  stop "Debian packages hold, and call bazel (4.2.3) directly: $wanted"
}

wanted="$*"
command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
  stop_elsewhere "this system has no apt-get, so nothing can be installed here."

missing=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | awk '
  BEGIN { for (i = 1; i < ARGC; ++i) wanted[ARGV[i]]; ARGC = 1 }
  $1 == "installed" { delete wanted[$2] }
  END { for (package in wanted) print package }' "$@" | sort)
[ -z "$missing" ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null ||
    stop "packages are missing, and only root can install them: apt-get install" $missing
  as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A shell of a plain user or of cron may lack the folders that dpkg's scripts need.
apt() {
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" \
    apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$log" 2>&1
}

say "installing with apt-get:" $missing
SECONDS=0
apt update || say "the package lists could not be brought up to date; going on with those there are."
if ! apt install --no-install-recommends --simulate $missing; then
  tail -n 15 "$log" >&2
  stop_elsewhere "this system's apt cannot provide:" $missing
fi
if ! apt install --no-install-recommends $missing; then
  tail -n 30 "$log" >&2
  stop "apt-get failed (its last lines are above) on:" $missing
fi
say "installed in $SECONDS s."
