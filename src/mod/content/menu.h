// SPDX-License-Identifier: Apache-2.0
// Menus: links in up to three levels, each with a title in every language. "main-menu" and "footer"
// are always there: as long as the merchant made none, they are the list of collections and that of
// the merchant's pages. A link names what it leads to by its id, so it follows a new handle; what
// is gone, hidden or not yet published is `gone` and not shown to visitors.
#pragma once
#include "core/i18n.h"
#include "core/tx.h"

enum {
    MENU_LEVELS = 3,
    MENU_LINKS_MAX = 200,
    MENU_TITLE_CHARACTERS = 100,
    MENU_URL_MAX = 1000,
};
#define MENU_MAIN   "main-menu"
#define MENU_FOOTER "footer"

enum menu_kind {
    MENU_HOME,
    MENU_ALL,         // /collections/all
    MENU_COLLECTIONS, // /collections
    MENU_SEARCH,
    MENU_ACCOUNT,
    MENU_COLLECTION, // from here on with a target
    MENU_PRODUCT,
    MENU_PAGE,
    MENU_BLOG,
    MENU_ARTICLE,
    MENU_URL, // a path of this shop ("/pages/x", without language) or an address
    MENU_KIND_COUNT,
};
const char *menu_kind_name(enum menu_kind k); // "collection", as stored
bool menu_kind_parse(struct str name, enum menu_kind *out);
static inline bool menu_kind_targets(enum menu_kind k) {
    return k >= MENU_COLLECTION && k <= MENU_ARTICLE;
}

struct menu_link { // in the order of show, children behind their parent
    int level;     // 1 ... MENU_LEVELS; at most one more than the link before
    enum menu_kind kind;
    int64_t target_id;
    struct str url;                 // of kind MENU_URL
    struct str title[LANG_COUNT];   // as stored; absent where there is none
    struct str shown;               // when read: in the ctx's language, else the first
    struct str handle, blog_handle; // when read: of the target; of an article's blog
    bool gone;                      // when read: the target is not there for visitors
};
struct menu_text {
    int64_t id, version; // 0: made by nobody yet
    struct str handle;
    struct str shown;             // title in the ctx's language; absent: made by nobody
    struct str title[LANG_COUNT]; // as of a link
    struct menu_link *links;
    size_t n;
    bool found; // main-menu and footer always
};
// titles: of every language (for the desk), else only `shown` is filled.
MUST_USE bool menu_read(struct ctx *c, struct str handle, bool titles, struct menu_text *out);

struct menu_draft {
    struct str handle, title[LANG_COUNT];
    int64_t version; // the save that the draft was made on; -1: any. Another since: ERR_CONFLICT
    const struct menu_link *links;
    size_t n;
};
// In a transaction; the whole menu. ERR_INVALID names the field ("title", "links"), and wrong_out
// (or NULL) the link that is not right.
MUST_USE bool menu_save(struct ctx *c, const struct menu_draft *d, int64_t *id_out,
                        size_t *wrong_out);
// In a transaction. Of main-menu and footer the automatic links come back.
MUST_USE bool menu_remove(struct ctx *c, struct str handle);
// "/collections/seife", "https://…": what it leads to, if it is something of this shop; else the
// address itself as MENU_URL.
MUST_USE bool menu_link_of_url(struct ctx *c, struct str url, struct menu_link *out);

// Moving links about in a draft; pure. A link moves with all below it. False: there is nowhere to.
enum menu_move {
    MENU_UP,   // before the sibling above
    MENU_DOWN, // behind the sibling below
    MENU_IN,   // under the sibling above
    MENU_OUT,  // behind its parent
    MENU_DROP, // away
};
bool menu_move(struct menu_link *links, size_t *n, size_t at, enum menu_move how);
