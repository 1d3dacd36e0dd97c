// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "mod/content/menu.h"

// How many links a link and those below it are.
static size_t span(const struct menu_link *links, size_t n, size_t at) {
    size_t end = at + 1;
    while (end < n && links[end].level > links[at].level) end++;
    return end - at;
}

// Exchanges the links [a, a+an) with those right behind them.
static void swap(struct menu_link *links, size_t a, size_t an, size_t bn) {
    for (size_t i = 0; i < bn; i++) {
        struct menu_link moved = links[a + an + i];
        for (size_t k = a + an + i; k > a + i; k--) links[k] = links[k - 1];
        links[a + i] = moved;
    }
}

// The sibling above; at itself when there is none.
static size_t above(const struct menu_link *links, size_t at) {
    for (size_t i = at; i-- > 0;) {
        if (links[i].level == links[at].level) return i;
        if (links[i].level < links[at].level) return at;
    }
    return at;
}

static bool deeper(struct menu_link *links, size_t at, size_t count, int by) {
    for (size_t i = at; i < at + count; i++)
        if (links[i].level + by > MENU_LEVELS || links[i].level + by < 1) return false;
    for (size_t i = at; i < at + count; i++) links[i].level += by;
    return true;
}

// Behind everything that stays under its parent.
static bool leave(struct menu_link *links, size_t n, size_t at, size_t count) {
    size_t rest = 0;
    if (links[at].level < 2) return false;
    while (at + count + rest < n && links[at + count + rest].level >= links[at].level) rest++;
    swap(links, at, count, rest);
    return deeper(links, at + rest, count, -1);
}

bool menu_move(struct menu_link *links, size_t *n, size_t at, enum menu_move how) {
    if (at >= *n) return false;
    size_t count = span(links, *n, at), other = above(links, at), below = at + count;
    switch (how) {
    case MENU_UP:
        if (other == at) return false;
        swap(links, other, at - other, count);
        return true;
    case MENU_DOWN:
        if (below >= *n || links[below].level != links[at].level) return false;
        swap(links, at, count, span(links, *n, below));
        return true;
    case MENU_IN:
        return other != at && deeper(links, at, count, 1);
    case MENU_OUT:
        return leave(links, *n, at, count);
    case MENU_DROP:
        break;
    }
    for (size_t i = below; i < *n; i++) links[i - count] = links[i];
    *n -= count;
    return true;
}
