#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages of the named sections of packages.txt that are missing; silent when
# there are none. With --check it installs nothing, and says what is missing.
#   scripts/deps.sh [--check] SECTION...
set -eu
here=$(dirname "$0")
check=no
if [ "${1:-}" = --check ]; then
    check=yes
    shift
fi
command -v dpkg-query >/dev/null || exit 0 # not a Debian: the build says itself what it misses

wanted() {
    for section in "$@"; do
        awk -v section="[$section]" '/^\[/ { on = $0 == section; next } on && /^[^#]/' "$here/packages.txt"
    done | sort -u
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ] ||
        { [ -n "$2" ] && command -v "$2" >/dev/null; }
}

missing=$(wanted "$@" | while read -r package command; do
    installed "$package" "$command" || printf ' %s' "$package"
done)
[ -n "$missing" ] || exit 0

if [ $check = yes ] || [ "$(id -u)" != 0 ]; then
    echo "Kontor needs Debian packages that are not installed. As root, run:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
echo "Installing Debian packages:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
# shellcheck disable=SC2086 # a list of words
apt-get -q -y --no-install-recommends install $missing
