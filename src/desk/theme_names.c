// SPDX-License-Identifier: Apache-2.0
// Names of a theme's files as merchants know them, in the order in which they are wanted.
#include "desk/theme_edit.h"

static const struct {
    const char *name, *key;
} pages[] = {
    {"index", "desk.theme.t_index"},
    {"product", "desk.theme.t_product"},
    {"collection", "desk.theme.t_collection"},
    {"list-collections", "desk.theme.t_list"},
    {"search", "desk.theme.t_search"},
    {"cart", "desk.theme.t_cart"},
    {"page", "desk.theme.t_page"},
    {"blog", "desk.theme.t_blog"},
    {"article", "desk.theme.t_article"},
    {"customers/account", "desk.theme.t_account"},
    {"customers/login", "desk.theme.t_login"},
    {"customers/order", "desk.theme.t_order"},
    {"customers/addresses", "desk.theme.t_addresses"},
    {"404", "desk.theme.t_404"},
};

struct str theme_file_name(struct ctx *c, struct str path, int *order_out) {
    struct str s = path, suffix = S("");
    if (str_starts(s, S("templates/"))) s = str_from(s, strlen("templates/"));
    if (str_ends(s, S(".json"))) s = str_sub(s, 0, s.n - strlen(".json"));
    size_t dot = str_find_char(s, '.');
    if (dot != STR_NONE) {
        suffix = str_from(s, dot + 1);
        s = str_sub(s, 0, dot);
    }
    size_t i = 0;
    while (i < ARRAY_LEN(pages) && !str_eq(s, str_c(pages[i].name))) i++;
    *order_out = 2 * (int)i + (suffix.n > 0);
    struct str name = i < ARRAY_LEN(pages) ? tr(c, pages[i].key) : s;
    if (!suffix.n) return name;
    return arena_fmt(c->arena, STR_FMT " (" STR_FMT ")", STR_ARG(name), STR_ARG(suffix));
}
