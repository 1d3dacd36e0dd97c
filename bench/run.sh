#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make bench: the loads of README.md, results in bench/results/*.json. RUNS, SECONDS_EACH and KONTOR (the program) may be set,
# and LOADS to some of: liquid page uncached render orders start.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
kontor=${KONTOR:-$root/build/kontor}
runs=${RUNS:-5} each=${SECONDS_EACH:-5} loads=${LOADS:-liquid page uncached render orders start}
work=$(mktemp -d); chmod 711 "$work" # nginx, started by root, reads the page as nobody
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

serve() { # COMMAND...: starts the shop and waits for its line
    rm -f "$work/ready"
    "$@" >"$work/ready" 2>"$work/log" &
    pids="$pids $!"
    until [ -s "$work/ready" ]; do
        kill -0 $! 2>/dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.005
    done
}
wanted() { case " $loads " in *" $1 "*) ;; *) return 1 ;; esac; }
ratio() { awk "BEGIN{printf \"%.3f\", $1 / ($2 > 0 ? $2 : 1)}"; }

"$kontor" init "$work/shop" --demo >/dev/null
printf 'io_threads = 1\nworkers = 4\n' >>"$work/shop/kontor.conf"
handle=$(sqlite3 "$work/shop/shop.db" "SELECT handle FROM product WHERE status = 'active' ORDER BY id LIMIT 1")

cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=100; gzip_static on;
  types { text/html html; } server { listen 127.0.0.1:$nginx_port; root $work/www; } }
CONF
mkdir -p "$work/www"
printf '<!doctype html>' >"$work/www/page.html"
page=$shop/products/$handle peer=http://127.0.0.1:$nginx_port/page.html
hit() { # URL WRK-OPTIONS...: requests a second, from core 1
    url=$1; shift
    taskset -c 1 wrk -t1 -c32 -d"${each}s" "$@" "$url" >"$work/wrk"
    if grep -q 'Non-2xx' "$work/wrk"; then cat "$work/wrk" >&2; exit 1; fi
    awk '/Requests\/sec/{print $2}' "$work/wrk"
}
gzip_head="Accept-Encoding: gzip"

# --- render: what a page costs that no cache holds, CPU time of one thread without the socket: medians of 1,000
if wanted render; then
    ninja -C "$(dirname "$kontor")" bench/bench_render >/dev/null
    : >"$work/r"
    for path in / "/products/$handle" /collections/all /cart; do
        taskset -c 0 "$(dirname "$kontor")/bench/bench_render" "$work/shop" "$path" $((each * 200)) >>"$work/r"
    done
    jq -s --argjson machine "$machine" \
        '{load: "uncached pages of the demo shop, CPU time in microseconds: whole = reading (database) + writing (everything else)",
          pages: ., machine: $machine}' "$work/r" >"$out/render.json"
fi

# --- liquid: the same templates and data by kontor's engine and by npm's liquidjs in turn, on core 0; the outputs are equal
if wanted liquid; then
    ninja -C "$(dirname "$kontor")" bench/bench_liquid >/dev/null
    cp "$here/liquid/package.json" "$here/liquid/peer.mjs" "$work/"
    (cd "$work" && npm install --no-audit --no-fund --no-package-lock --silent >/dev/null)
    ours() { taskset -c 0 "$(dirname "$kontor")/bench/bench_liquid" "$here/liquid" "$@"; }
    peer() { taskset -c 0 node "$work/peer.mjs" "$here/liquid" "$@"; }
    : >"$work/l"
    for t in product collection cart; do
        ours "$t" 0 print >"$work/a"; peer "$t" 0 print >"$work/b"
        cmp "$work/a" "$work/b"
        : >"$work/a"; : >"$work/b"
        for _ in $(seq "$runs"); do ours "$t" $((each * 200)) >>"$work/a"; peer "$t" $((each * 200)) >>"$work/b"; done
        jq -n --arg t "$t" --slurpfile a "$work/a" --slurpfile b "$work/b" \
            'def m(f): map(f) | sort | .[length / 2 | floor]; def r: . * 100 | round / 100;
             {template: $t, bytes: $a[0].bytes, compile_us: ($a | m(.compile_us) | r), render_us: ($a | m(.render_us) | r),
              liquidjs_compile_us: ($b | m(.compile_us) | r), liquidjs_render_us: ($b | m(.render_us) | r)}
             | . + {compile_ratio: (.liquidjs_compile_us / .compile_us | r), render_ratio: (.liquidjs_render_us / .render_us | r)}' >>"$work/l"
    done
    jq -s --argjson machine "$machine" --arg node "$(node --version)" \
        '{load: "Liquid: compiling and rendering, one core, medians; how many times as fast as liquidjs 10.30.1", templates: .,
          least_compile_ratio: (map(.compile_ratio) | min), least_render_ratio: (map(.render_ratio) | min), node: $node, machine: $machine}' \
        <"$work/l" >"$out/liquid.json"
fi

# --- page: kontor and nginx in turn, each on core 0, wrk on core 1; as it is, and compressed beforehand on both sides
if wanted page; then
    serve taskset -c 0 "$kontor" serve "$work/shop" --listen "127.0.0.1:$port" --no-limits
    curl -sf "$page" >/dev/null && curl -sf "$page" >"$work/www/page.html"
    gzip -6 -kf "$work/www/page.html"
    taskset -c 0 nginx -c "$work/nginx.conf" & pids="$pids $!"
    sleep 0.5
    for f in a b ag bg; do : >"$work/$f"; done
    for _ in $(seq "$runs"); do
        hit "$page" >>"$work/a"
        hit "$peer" >>"$work/b"
        hit "$page" -H "$gzip_head" >>"$work/ag"
        hit "$peer" -H "$gzip_head" >>"$work/bg"
    done
    stop
    a=$(median <"$work/a") b=$(median <"$work/b") ag=$(median <"$work/ag") bg=$(median <"$work/bg")
    printf '{"load":"cached product page, 32 connections, one core each for server and wrk","bytes":%s,"kontor_per_second":%s,"nginx_per_second":%s,"ratio":%s,"gzip":{"kontor_per_second":%s,"nginx_per_second":%s,"ratio":%s},"runs":{"kontor":[%s],"nginx":[%s],"kontor_gzip":[%s],"nginx_gzip":[%s]},"machine":%s}\n' \
        "$(wc -c <"$work/www/page.html")" "$a" "$b" "$(ratio "$a" "$b")" "$ag" "$bg" "$(ratio "$ag" "$bg")" \
        "$(list <"$work/a")" "$(list <"$work/b")" "$(list <"$work/ag")" "$(list <"$work/bg")" "$machine" | jq . >"$out/page.json"
fi

# --- uncached: the same page made again for each request, one core; nginx serves the bytes as a file
if wanted uncached; then
    serve taskset -c 0 "$kontor" serve "$work/shop" --listen "127.0.0.1:$port" --no-limits --no-cache
    curl -sf "$page" >"$work/www/page.html"
    taskset -c 0 nginx -c "$work/nginx.conf" & pids="$pids $!"
    sleep 0.5
    : >"$work/a"; : >"$work/b"
    for _ in $(seq "$runs"); do hit "$page" >>"$work/a"; hit "$peer" >>"$work/b"; done
    stop
    a=$(median <"$work/a") b=$(median <"$work/b")
    printf '{"load":"product page made for each request, 32 connections, one core each for server and wrk","bytes":%s,"kontor_per_second":%s,"nginx_file_per_second":%s,"ratio":%s,"runs":{"kontor":[%s],"nginx":[%s]},"machine":%s}\n' \
        "$(wc -c <"$work/www/page.html")" "$a" "$b" "$(ratio "$a" "$b")" "$(list <"$work/a")" "$(list <"$work/b")" "$machine" |
        jq . >"$out/uncached.json"
fi

# --- orders: both cores for both
if wanted orders; then
    sed -i 's/^io_threads.*//; s/^workers.*//' "$work/shop/kontor.conf"
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
    waiting=$(sqlite3 "$work/shop/shop.db" "SELECT COUNT(*) FROM job WHERE state = 'ready' AND kind IN ('order.mail', 'mail.send')")
    o=$(jq .per_second <"$work/o" | median) f=$(median <"$work/f") p99=$(jq .p99_ms <"$work/o" | median)
    jq -s --argjson machine "$machine" --argjson f "$f" --argjson o "$o" --argjson p99 "$p99" --argjson waiting "$waiting" \
        '{load: "complete orders: cart, checkout page, order; fsync on; 16 buyers; jobs running", per_second: $o, p99_ms: $p99, fsyncs_per_second: $f, ratio: ($o / $f * 1000 | round / 1000), mails_waiting_at_the_end: $waiting, runs: ., machine: $machine}' \
        <"$work/o" >"$out/orders.json"
fi

# --- start, memory, size
if wanted start; then
    "$kontor" init "$work/fresh" --demo >/dev/null # no jobs wait in it
    : >"$work/s"; : >"$work/n"; : >"$work/m"
    ms() { echo $(( $(date +%s%N) / 1000000 )); }
    first() { until curl -sf -o /dev/null "$1"; do sleep 0.005; done; }
    for _ in $(seq "$runs"); do
        t=$(ms); serve "$kontor" serve "$work/fresh" --listen "127.0.0.1:$port"
        first "$shop/"; echo $(( $(ms) - t )) >>"$work/s"
        sleep 1
        # parent and child; PSS counts a page they share once
        for p in $(pgrep -f "serve $work/fresh"); do cat "/proc/$p/smaps_rollup"; done |
            awk '/^Rss:/{r += $2} /^Pss:/{p += $2} /^Private_Dirty:/{d += $2} END{print r, p, d}' >>"$work/m"
        stop
        t=$(ms); nginx -c "$work/nginx.conf" & pids="$pids $!"
        first "$peer"; echo $(( $(ms) - t )) >>"$work/n"
        stop
    done
    strip -o "$work/stripped" "$kontor"
    s=$(median <"$work/s") n=$(median <"$work/n")
    printf '{"load":"start to first answer of the demo shop; idle memory of parent and child; size","start_ms":%s,"nginx_start_ms":%s,"ratio":%s,"idle_rss_kib":%s,"idle_pss_kib":%s,"idle_private_dirty_kib":%s,"binary_bytes":%s,"binary_stripped_bytes":%s,"runs":{"kontor":[%s],"nginx":[%s]},"machine":%s}\n' \
        "$s" "$n" "$(ratio "$s" "$n")" "$(cut -d' ' -f1 <"$work/m" | median)" "$(cut -d' ' -f2 <"$work/m" | median)" \
        "$(cut -d' ' -f3 <"$work/m" | median)" "$(wc -c <"$kontor")" "$(wc -c <"$work/stripped")" \
        "$(list <"$work/s")" "$(list <"$work/n")" "$machine" | jq . >"$out/start.json"
fi

for r in $loads; do jq -c 'del(.runs, .machine)' "$out/$r.json"; done
