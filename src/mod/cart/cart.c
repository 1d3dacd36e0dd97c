// SPDX-License-Identifier: Apache-2.0
#include "mod/cart/cart_private.h"

#include "cart_sql.h"
#include "core/check.h"
#include "core/i18n.h"
#include "http/token.h"

#define CART_LIFE (60 * DAY)
#define KEY_BYTES 18

struct change {
    int64_t variant_id, quantity;
    int64_t line_id;       // of the cart, instead of a variant; 0: none
    struct str properties; // as they are kept; absent: of the first line of the variant
    bool add;              // to what is there
    enum cart_verdict verdict;
};

static struct str order_key_new(struct ctx *c) {
    return token_hex(c->arena, ctx_world(c)->random, ctx_world(c)->self, KEY_BYTES);
}

bool cart_of(struct ctx *c, int64_t *id_out) {
    struct cart_of_session cart;
    bool found;
    ensure(c->session_id != 0);
    TRY(cart_of_session(&c->db, &(struct cart_of_session_in){c->session_id}, &cart, &found));
    if (found) {
        *id_out = cart.id;
        return cart_touch(&c->db, &(struct cart_touch_in){.id = cart.id, .now = c->now});
    }
    return cart_new(&c->db,
                    &(struct cart_new_in){
                        .session_id = c->session_id, .now = c->now, .order_key = order_key_new(c)},
                    id_out);
}

static int64_t available(bool known, bool tracked, bool backorder, int64_t on_hand) {
    if (!known || !tracked || backorder) return INT64_MAX;
    return on_hand > 0 ? on_hand : 0;
}

// Finds how many of the wished pieces may be in this line, beside those of other lines.
static bool clip(struct ctx *c, struct change *ch, int64_t wished, int64_t others,
                 int64_t *quantity_out) {
    struct cart_variant v;
    bool found;
    struct currency cur = shop_currency(c);
    TRY(cart_variant(
        &c->db,
        &(struct cart_variant_in){.variant_id = ch->variant_id, .currency = currency_str(&cur)}, &v,
        &found));
    if (!found || !v.active || !str_eq(v.status, S("active")) || !v.has_amount) {
        ch->verdict = CART_NO_VARIANT;
        return true;
    }
    int64_t there = available(v.has_on_hand, v.tracked, v.backorder, v.on_hand);
    if (there != INT64_MAX) there = there > others ? there - others : 0;
    if (there > CART_QUANTITY_MAX) there = CART_QUANTITY_MAX;
    if (there == 0)
        ch->verdict = CART_OUT_OF_STOCK;
    else if (wished > there)
        ch->verdict = CART_CLIPPED;
    *quantity_out = wished > there ? there : wished;
    return true;
}

static bool room_for_line(struct ctx *c, int64_t cart_id, struct change *ch) {
    struct cart_line_count lines;
    bool found;
    TRY(cart_line_count(&c->db, &(struct cart_line_count_in){cart_id}, &lines, &found));
    if (lines.n >= CART_LINES_MAX) ch->verdict = CART_FULL;
    return true;
}

// Which line is meant. *there_out false: no such line in this cart.
static bool find_line(struct ctx *c, int64_t cart_id, struct change *ch, bool *there_out) {
    struct cart_line_by_id by_id;
    struct cart_line_first first;
    *there_out = true;
    if (ch->line_id) {
        TRY(cart_line_by_id(&c->db, &(struct cart_line_by_id_in){ch->line_id, cart_id}, &by_id,
                            there_out));
        if (!*there_out) return true;
        ch->variant_id = by_id.variant_id;
        ch->properties = by_id.properties;
    } else if (!ch->properties.p) {
        bool found;
        TRY(cart_line_first(&c->db, &(struct cart_line_first_in){cart_id, ch->variant_id}, &first,
                            &found));
        ch->properties = found ? first.properties : S("{}");
    }
    return true;
}

static bool drop(struct ctx *c, int64_t cart_id, const struct change *ch) {
    return cart_line_drop(&c->db,
                          &(struct cart_line_drop_in){cart_id, ch->variant_id, ch->properties});
}

static bool put(struct ctx *c, void *self, bool *keep) {
    struct change *ch = self;
    int64_t cart_id, quantity = 0;
    struct cart_line_get line = {0};
    struct cart_line_others others = {0};
    bool there;
    ch->verdict = CART_OK;
    TRY(cart_of(c, &cart_id));
    TRY(find_line(c, cart_id, ch, &there));
    if (!there) ch->verdict = CART_NO_VARIANT;
    if (ch->verdict == CART_OK && ch->quantity == 0) return drop(c, cart_id, ch);
    struct cart_line_get_in same = {cart_id, ch->variant_id, ch->properties};
    struct cart_line_others_in beside = {cart_id, ch->variant_id, ch->properties};
    if (ch->verdict == CART_OK) TRY(cart_line_get(&c->db, &same, &line, &there));
    if (ch->verdict == CART_OK) TRY(cart_line_others(&c->db, &beside, &others, &(bool){false}));
    int64_t wished = ch->quantity + (ch->add && there ? line.quantity : 0);
    if (ch->verdict == CART_OK && !there) TRY(room_for_line(c, cart_id, ch));
    if (ch->verdict == CART_OK) TRY(clip(c, ch, wished, others.n, &quantity));
    if (ch->verdict != CART_OK && ch->verdict != CART_CLIPPED) {
        *keep = false;
        return true;
    }
    return cart_line_put(&c->db, &(struct cart_line_put_in){.cart_id = cart_id,
                                                            .variant_id = ch->variant_id,
                                                            .properties = ch->properties,
                                                            .quantity = quantity,
                                                            .now = c->now});
}

static bool change(struct ctx *c, struct change ch, enum cart_verdict *out) {
    int64_t least = ch.add ? 1 : 0;
    if (ch.quantity < least || ch.quantity > CART_QUANTITY_MAX) {
        *out = CART_BAD_QUANTITY;
        return true;
    }
    bool keep = true;
    TRY(c->db.writing ? put(c, &ch, &keep) : tx_run(c, put, &ch));
    *out = ch.verdict;
    return true;
}

bool cart_add(struct ctx *c, int64_t variant_id, int64_t quantity, enum cart_verdict *out) {
    return cart_add_told(c, variant_id, quantity, (struct str){0}, out);
}

bool cart_add_told(struct ctx *c, int64_t variant_id, int64_t quantity, struct str properties,
                   enum cart_verdict *out) {
    struct change ch = {.variant_id = variant_id, .quantity = quantity, .add = true};
    TRY(cart_properties(c, properties, &ch.properties));
    return change(c, ch, out);
}

bool cart_set_line(struct ctx *c, int64_t line_id, int64_t quantity, enum cart_verdict *out) {
    return change(c, (struct change){.line_id = line_id, .quantity = quantity}, out);
}

bool cart_set(struct ctx *c, int64_t variant_id, int64_t quantity, enum cart_verdict *out) {
    return change(c, (struct change){.variant_id = variant_id, .quantity = quantity}, out);
}

static struct str join_values(struct arena *a, const struct cart_lines *l) {
    const struct str values[] = {l->value1, l->value2, l->value3, l->value4, l->value5};
    struct buf b = buf_new(a, 0);
    if (str_empty(l->variant_title)) return S("");
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        if (!values[i].p) continue;
        if (b.n) buf_put(&b, S(" / "));
        buf_put(&b, values[i]);
    }
    return buf_str(&b);
}

static struct cart_item item_of(struct arena *a, const struct cart_lines *l) {
    return (struct cart_item){
        .line_id = l->id,
        .properties = l->properties,
        .variant_id = l->variant_id,
        .product_id = l->product_id,
        .quantity = l->quantity,
        .handle = l->handle,
        .title = l->title,
        .variant_title = join_values(a, l),
        .sku = l->sku,
        .vendor = l->vendor,
        .kind = l->kind,
        .image_hash = l->image_hash,
        .tax_category = l->tax_category,
        .price = l->amount,
        .total = l->amount * l->quantity,
        .compare_at = l->has_compare_at ? l->compare_at : 0,
        .low30 = l->has_low30 ? l->low30 : 0,
        .unit_amount = l->unit_amount,
        .base_amount = l->base_amount,
        .unit = l->unit,
        .base_unit = l->base_unit,
        .weight_g = l->weight_g,
        .requires_shipping = l->requires_shipping,
        .available = available(l->has_on_hand, l->tracked, l->backorder, l->on_hand),
        .for_sale = l->active && str_eq(l->status, S("active")) && l->has_amount,
    };
}

// Lines before it of the same goods take from what there is.
static void share_stock(struct cart_view *v, struct cart_item *it) {
    for (size_t i = 0; i < v->n && it->available != INT64_MAX; i++)
        if (v->v[i].variant_id == it->variant_id)
            it->available -= v->v[i].quantity < it->available ? v->v[i].quantity : it->available;
}

bool cart_load(struct ctx *c, struct cart_view *out) {
    *out = (struct cart_view){.note = S(""), .attributes = S("{}")};
    struct cart_of_session cart;
    bool found = false;
    if (c->session_id == 0) return true;
    TRY(cart_of_session(&c->db, &(struct cart_of_session_in){c->session_id}, &cart, &found));
    if (!found) return true;
    struct cart_lines_rows rows = {0};
    struct currency cur = shop_currency(c);
    TRY(cart_lines_all(&c->db,
                       &(struct cart_lines_in){.cart_id = cart.id,
                                               .currency = currency_str(&cur),
                                               .lang = str_c(lang_code(c->lang))},
                       &rows));
    out->cart_id = cart.id;
    out->order_key = cart.order_key;
    out->note = cart.note.p ? cart.note : S("");
    out->attributes = cart.attributes.n ? cart.attributes : S("{}");
    out->v = ARENA_ARRAY(c->arena, struct cart_item, rows.n);
    out->buyable = rows.n > 0;
    for (size_t i = 0; i < rows.n; i++) {
        struct cart_item it = item_of(c->arena, &rows.v[i]);
        share_stock(out, &it);
        out->v[out->n++] = it;
        out->goods += it.total;
        out->pieces += it.quantity;
        if (!it.for_sale || it.available < it.quantity) out->buyable = false;
    }
    return true;
}

bool cart_pieces(struct ctx *c, int64_t *out) {
    struct cart_pieces_of sum;
    bool found;
    *out = 0;
    if (c->session_id == 0) return true;
    TRY(cart_pieces_of(&c->db, &(struct cart_pieces_of_in){c->session_id}, &sum, &found));
    *out = sum.n;
    return true;
}

bool cart_clear(struct ctx *c, int64_t cart_id) {
    TRY(cart_empty(&c->db, &(struct cart_empty_in){cart_id}));
    TRY(cart_words_drop(&c->db, &(struct cart_words_drop_in){cart_id}));
    return cart_rekey(&c->db, &(struct cart_rekey_in){
                                  .id = cart_id, .now = c->now, .order_key = order_key_new(c)});
}

static bool move(struct ctx *c, void *self, bool *keep) {
    const int64_t *from = self;
    (void)keep;
    return cart_move(
        &c->db,
        &(struct cart_move_in){.from_session = *from, .to_session = c->session_id, .now = c->now});
}

bool cart_follow(struct ctx *c, int64_t from_session) {
    if (from_session == 0 || from_session == c->session_id) return true;
    return tx_run(c, move, &from_session);
}

static bool clean(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return cart_clean(&c->db, &(struct cart_clean_in){c->now - CART_LIFE});
}
static enum job_result run_clean(struct ctx *c, const struct json *payload) {
    (void)payload;
    return tx_run(c, clean, NULL) ? JOB_DONE : JOB_RETRY;
}

static const struct job_kind jobs[] = {
    {.name = "cart.clean", .run = run_clean, .every_s = 86400},
    {0},
};
const struct module cart_module = {
    .name = "cart",
    .needs = (const char *const[]){"catalog", "price", "stock", NULL},
    .queries = cart_sql_queries,
    .query_count = &cart_sql_query_count,
    .jobs = jobs,
};
