// SPDX-License-Identifier: Apache-2.0
// What a visitor says with a cart.
#include "base/json.h"
#include "cart_sql.h"
#include "mod/cart/cart_private.h"

struct words {
    struct str note;
    struct json attributes; // to lay over what is there; JSON_NULL: none
};

static void put_word(struct json_writer *w, struct str name, struct str value) {
    json_key_str(w, name);
    json_put_str(w, str_utf8_cut(value, CART_WORD_MAX));
}

static bool is_word(const struct json *j) { return j && j->type == JSON_STRING; }

// A name that is cut could be another's.
static bool is_name(struct str s) { return s.n && str_utf8_len(s) <= CART_WORD_MAX; }

// Old ones keep their place; new ones follow.
static struct str laid_over(struct arena *a, const struct json *old, const struct json *over) {
    struct buf b = buf_new(a, 0);
    struct json_writer w = json_writer(&b);
    size_t n = 0;
    json_begin_object(&w);
    for (size_t i = 0; i < old->n; i++) {
        const struct json *now = json_get(over, old->keys[i]);
        const struct json *value = is_word(now) ? now : &old->items[i];
        if (!is_word(value) || !value->text.n) continue;
        put_word(&w, old->keys[i], value->text);
        n++;
    }
    for (size_t i = 0; i < over->n && n < CART_WORDS_MAX; i++) {
        struct str name = over->keys[i];
        if (!is_word(&over->items[i]) || !over->items[i].text.n || !is_name(name)) continue;
        if (json_get(old, name)) continue;
        put_word(&w, name, over->items[i].text);
        n++;
    }
    json_end_object(&w);
    return buf_str(&b);
}

static bool say(struct ctx *c, void *self, bool *keep) {
    struct words *said = self;
    struct cart_of_session cart;
    struct json old = {.type = JSON_OBJECT};
    bool found;
    int64_t id;
    (void)keep;
    TRY(cart_of(c, &id));
    TRY(cart_of_session(&c->db, &(struct cart_of_session_in){c->session_id}, &cart, &found));
    if (cart.attributes.n) TRY(json_parse(c->arena, cart.attributes, &old, &c->err));
    struct str note = said->note.p ? said->note : cart.note.p ? cart.note : S("");
    struct cart_words_put_in in = {.cart_id = id,
                                   .note = str_utf8_cut(note, CART_NOTE_MAX),
                                   .attributes = laid_over(c->arena, &old, &said->attributes)};
    return cart_words_put(&c->db, &in);
}

bool cart_say(struct ctx *c, struct str note, struct str attributes) {
    struct words said = {.note = note};
    if (attributes.p) TRY(json_parse(c->arena, attributes, &said.attributes, &c->err));
    if (attributes.p && said.attributes.type != JSON_OBJECT)
        return err_set(&c->err, ERR_INVALID, "The attributes of a cart are an object of texts.");
    bool keep = true;
    return c->db.writing ? say(c, &said, &keep) : tx_run(c, say, &said);
}

bool cart_properties(struct ctx *c, struct str text, struct str *out) {
    struct json told = {.type = JSON_OBJECT}, none = {.type = JSON_OBJECT};
    *out = S("{}");
    if (!text.n) return true;
    TRY(json_parse(c->arena, text, &told, &c->err));
    if (told.type != JSON_OBJECT)
        return err_set(&c->err, ERR_INVALID, "The properties of a line are an object of texts.");
    *out = laid_over(c->arena, &none, &told);
    return true;
}

struct str cart_item_words(struct ctx *c, const struct cart_item *it) {
    struct json told = {0};
    struct err ignored = {0};
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, it->variant_title);
    if (!json_parse(c->arena, it->properties, &told, &ignored)) return buf_str(&b);
    for (size_t i = 0; i < told.n; i++) {
        if (!is_word(&told.items[i]) || str_starts(told.keys[i], S("_"))) continue;
        buf_fmt(&b, "%s" STR_FMT ": " STR_FMT, b.n ? " · " : "", STR_ARG(told.keys[i]),
                STR_ARG(told.items[i].text));
    }
    return buf_str(&b);
}
