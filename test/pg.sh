#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A PostgreSQL of its own for the tests: on a free port of 127.0.0.1, in DIR, as an unprivileged user,
# without fsync. `start` prints its URL; `stop` ends it and removes its files.
#   test/pg.sh start DIR
#   test/pg.sh stop DIR
set -eu

# The newest server that Debian's packages brought.
bin=
for candidate in /usr/lib/postgresql/*/bin; do
    [ -x "$candidate/pg_ctl" ] && bin=$candidate
done
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }

# PostgreSQL refuses to run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$dir" "$@"
    else
        "$@"
    fi
}

start() {
    mkdir -p "$dir"
    if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$dir"; fi
    cd "$dir"
    unprivileged "$bin/initdb" -D "$dir/data" -U kontor -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    options="-F -c listen_addresses=127.0.0.1 -k $dir -c full_page_writes=off -c max_connections=200"
    options="$options -c synchronous_commit=off -c autovacuum=off -c client_min_messages=warning"
    port=$((20000 + $$ % 10000))
    tries=0
    # A port that is taken makes the start fail: the next one is tried.
    until unprivileged "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -s -w -t 30 \
        -o "$options -p $port" start >/dev/null 2>&1; do
        tries=$((tries + 1))
        port=$((port + 1))
        [ $tries -lt 20 ] || { tail -n 5 "$dir/server.log" >&2; exit 1; }
    done
    unprivileged "$bin/createdb" -h 127.0.0.1 -p "$port" -U kontor kontor
    echo "postgres://kontor@127.0.0.1:$port/kontor"
}

stop() {
    if [ -d "$dir/data" ]; then
        (cd "$dir" && unprivileged "$bin/pg_ctl" -D "$dir/data" -s -m immediate stop) || true
    fi
    rm -rf "$dir"
}

case "${1:-}:${2:-}" in
start:?* | stop:?*) command=$1 dir=$2 ;;
*) echo "usage: test/pg.sh start|stop DIR" >&2; exit 2 ;;
esac
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
$command
