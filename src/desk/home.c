// SPDX-License-Identifier: Apache-2.0
#include "core/settings.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "mod/payment/payment.h"

enum { LOW_ROWS = 10, ORDER_ROWS = 8, TRANSFER_ROWS = 200 };

bool desk_home_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct desk_home_orders numbers;
    struct desk_low_stock_rows low = {0};
    struct desk_orders_rows orders = {0};
    struct desk_transfers_rows transfers = {0};
    bool found;
    struct civil day = zone_civil(c, c->now);
    instant today = zone_day_start(c, day.year, day.month, day.day);
    desk_begin(&d, c, rq, rs);
    TRY(desk_home_orders(&c->db, &(struct desk_home_orders_in){.today = today}, &numbers, &found));
    TRY(desk_low_stock_all(
        &c->db, &(struct desk_low_stock_in){setting_int(c, "desk.low_stock"), LOW_ROWS}, &low));
    TRY(desk_orders_all(&c->db, &(struct desk_orders_in){.count = ORDER_ROWS}, &orders));
    TRY(desk_transfers_all(
        &c->db, &(struct desk_transfers_in){payment_self_refunding(c), TRANSFER_ROWS}, &transfers));
    liquid_set(d.data, "n", liquid_row(c->arena, &desk_home_orders_query.out, &numbers));
    put_int(d.data, "transfers", (int64_t)transfers.n);
    PUT_ROWS(&d, "low", desk_low_stock, low);
    PUT_ROWS(&d, "orders", desk_orders, orders);
    put_str(d.data, "today", arena_fmt(c->arena, "%04d-%02d-%02d", day.year, day.month, day.day));
    put_str(d.data, "date", show_date(c, c->now));
    TRY(desk_put_opening(&d));
    return desk_send(&d, "home", tr(c, "desk.home.title"));
}
