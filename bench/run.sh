#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make bench: the loads of README.md, results in bench/results/*.json. RUNS and SECONDS_EACH may be set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
kontor=${KONTOR:-$root/build/kontor}
runs=${RUNS:-5} each=${SECONDS_EACH:-5}
work=$(mktemp -d)
out=$here/results
mkdir -p "$out"
pids=
stop() { for p in $pids; do kill "$p" 2>/dev/null || true; done; wait 2>/dev/null || true; pids=; }
trap 'stop; rm -rf "$work"' EXIT INT TERM

cc -O2 -o "$work/orders" "$here/orders.c" -lcurl -lpthread
cc -O2 -o "$work/fsync" "$here/fsync.c"
machine=$(printf '{"cpu":"%s","cores":%s,"kernel":"%s"}' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)")
median() { sort -n | awk '{v[NR]=$1} END{print (NR%2)?v[(NR+1)/2]:(v[NR/2]+v[NR/2+1])/2}'; }
list() { paste -sd, -; }

port=$(bash -c 'for p in $(seq 18080 18999); do (exec 3<>/dev/tcp/127.0.0.1/$p) 2>/dev/null || { echo $p; break; }; done')
nginx_port=$((port + 1000))
shop=http://127.0.0.1:$port

serve() { # DIR OPTIONS...: starts the shop and waits for its line
    rm -f "$work/ready"
    "$@" >"$work/ready" 2>"$work/log" &
    pids="$pids $!"
    until [ -s "$work/ready" ]; do sleep 0.01; done
}

"$kontor" init "$work/shop" --demo >/dev/null
printf 'io_threads = 1\nworkers = 4\n' >>"$work/shop/kontor.conf"
handle=$(sqlite3 "$work/shop/shop.db" "SELECT handle FROM product WHERE status = 'active' ORDER BY id LIMIT 1")

# --- page: kontor and nginx in turn, each on core 0, wrk on core 1
serve taskset -c 0 "$kontor" serve "$work/shop" --listen "127.0.0.1:$port" --no-limits
curl -sf "$shop/products/$handle" >/dev/null && curl -sf "$shop/products/$handle" >/dev/null
mkdir -p "$work/www"
curl -sf "$shop/products/$handle" >"$work/www/page.html"
cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=100;
  types { text/html html; } server { listen 127.0.0.1:$nginx_port; root $work/www; } }
CONF
taskset -c 0 nginx -c "$work/nginx.conf" & pids="$pids $!"
sleep 0.5
hit() { taskset -c 1 wrk -t1 -c32 -d"${each}s" --latency "$1" | awk '/Requests\/sec/{print $2}'; }
: >"$work/a"; : >"$work/b"
for _ in $(seq "$runs"); do
    hit "$shop/products/$handle" >>"$work/a"
    hit "http://127.0.0.1:$nginx_port/page.html" >>"$work/b"
done
a=$(median <"$work/a") b=$(median <"$work/b")
printf '{"load":"cached product page, 32 connections, one core each for server and wrk","bytes":%s,"kontor_per_second":%s,"nginx_per_second":%s,"ratio":%s,"runs":{"kontor":[%s],"nginx":[%s]},"machine":%s}\n' \
    "$(wc -c <"$work/www/page.html")" "$a" "$b" "$(awk "BEGIN{printf \"%.3f\", $a/$b}")" "$(list <"$work/a")" "$(list <"$work/b")" "$machine" |
    jq . >"$out/page.json"
stop

# --- orders: both cores for both
sed -i 's/^io_threads.*//' "$work/shop/kontor.conf"
sqlite3 "$work/shop/shop.db" "UPDATE stock_level SET tracked = 0"
variants=$(sqlite3 "$work/shop/shop.db" "SELECT v.id FROM variant v JOIN product p ON p.id = v.product_id WHERE p.status = 'active' AND v.active = 1 ORDER BY v.id LIMIT 20")
: >"$work/o"; : >"$work/f"
for _ in $(seq "$runs"); do
    serve "$kontor" serve "$work/shop" --listen "127.0.0.1:$port" --no-limits
    # shellcheck disable=SC2086
    "$work/orders" "$shop" 16 "$each" $variants >>"$work/o"
    stop
    "$work/fsync" "$work/probe" 2 >>"$work/f"
done
"$kontor" check "$work/shop"
o=$(jq .per_second <"$work/o" | median) f=$(median <"$work/f")
jq -s --argjson machine "$machine" --argjson f "$f" --argjson o "$o" \
    '{load: "complete orders: cart, checkout page, order; fsync on; 16 buyers; jobs running", per_second: $o, fsyncs_per_second: $f, ratio: ($o / $f * 1000 | round / 1000), runs: ., machine: $machine}' \
    <"$work/o" >"$out/orders.json"

# --- start, memory, size
: >"$work/s"; : >"$work/n"
ms() { echo $(( $(date +%s%N) / 1000000 )); }
for _ in $(seq "$runs"); do
    t=$(ms); serve "$kontor" serve "$work/shop" --listen "127.0.0.1:$port"
    curl -sf -o /dev/null "$shop/"; echo $(( $(ms) - t )) >>"$work/s"
    sleep 1
    rss=$(for p in $(pgrep -f "serve $work/shop"); do sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$p/status"; done | awk '{s+=$1} END{print s}')
    stop
    t=$(ms); nginx -c "$work/nginx.conf" & pids="$pids $!"
    until curl -sf -o /dev/null "http://127.0.0.1:$nginx_port/page.html"; do sleep 0.005; done; echo $(( $(ms) - t )) >>"$work/n"
    stop
done
strip -o "$work/stripped" "$kontor"
s=$(median <"$work/s") n=$(median <"$work/n")
printf '{"load":"start to first answer of the demo shop; idle memory of parent and child together; size","start_ms":%s,"nginx_start_ms":%s,"ratio":%s,"idle_rss_kib":%s,"binary_bytes":%s,"binary_stripped_bytes":%s,"runs":{"kontor":[%s],"nginx":[%s]},"machine":%s}\n' \
    "$s" "$n" "$(awk "BEGIN{printf \"%.2f\", $s/($n>0?$n:1)}")" "$rss" "$(wc -c <"$kontor")" "$(wc -c <"$work/stripped")" "$(list <"$work/s")" "$(list <"$work/n")" "$machine" |
    jq . >"$out/start.json"

for r in page orders start; do jq -c 'del(.runs, .machine)' "$out/$r.json"; done
