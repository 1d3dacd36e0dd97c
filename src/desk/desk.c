// SPDX-License-Identifier: Apache-2.0
#include "desk/desk.h"

#include "core/i18n.h"
#include "core/view_filters.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "desk_embed.h"

#define ASSETS     "/assets/desk/"
#define SLOT       "desk.view"
#define UPLOAD_MAX ((size_t)64 << 20)

// {{ state | say: 'desk.state.' }}: the text of prefix + value, or the value when there is none.
static bool filter_say(struct liquid_call *call, struct liquid_value *out, struct err *err) {
    (void)err;
    struct ctx *c = ((struct view_page *)call->page)->ctx;
    struct str prefix = liquid_str(liquid_arg(&call->args, 0)),
               v = liquid_to_str(call->arena, call->input);
    struct str key = arena_fmt(call->arena, STR_FMT STR_FMT, STR_ARG(prefix), STR_ARG(v));
    *out = liquid_text(tr_exists(c, key.p) ? tr(c, key.p) : v);
    return true;
}
static const struct liquid_filter filters[] = {{"say", filter_say, NULL}};

static bool start(struct shop *s, struct err *err) {
    struct view_set_options o = {
        .files = desk_files,
        .file_count = desk_files_count,
        .asset_prefix = ASSETS,
        .filters = filters,
        .filter_count = ARRAY_LEN(filters),
    };
    struct view_set *v = NULL;
    TRY(view_set_new(&s->arena, &o, &v, err));
    *shop_slot(s, SLOT) = v;
    return true;
}

const struct view_set *desk_view(struct ctx *c) { return *shop_slot(c->shop, SLOT); }

bool desk_asset(struct ctx *c, const struct request *rq, struct response *rs) {
    const char *type;
    rs->body_static = view_asset(desk_view(c), request_param(rq, "path"), &type);
    if (!rs->body_static.p) return desk_missing(c);
    response_type(rs, type);
    return true;
}

#define PAGE(path, handler, perm)                                                                  \
    { HTTP_GET, path, handler, perm, .cache = CACHE_PRIVATE }
#define FORM(path, handler, perm)                                                                  \
    { HTTP_POST, path, handler, perm, .limit = LIMIT_WRITE, .body_max = 1 << 20 }
#define UPLOAD(path, handler, perm)                                                                \
    { HTTP_POST, path, handler, perm, .limit = LIMIT_WRITE, .body_max = UPLOAD_MAX }
#define GUESS(method, path, handler)                                                               \
    { method, path, handler, PERM_PUBLIC, .limit = LIMIT_GUESS }
const struct route desk_routes[] = {
    {HTTP_GET, ASSETS "*path", desk_asset, PERM_PUBLIC, .cache = CACHE_ASSET, .limit = LIMIT_NONE},
    PAGE("/desk/login", desk_login_page, PERM_PUBLIC),
    GUESS(HTTP_POST, "/desk/login", desk_login_form),
    PAGE("/desk/login/code", desk_code_page, PERM_PUBLIC),
    GUESS(HTTP_POST, "/desk/login/code", desk_code_form),
    PAGE("/desk/login/link/:token", desk_link_page, PERM_PUBLIC),
    GUESS(HTTP_POST, "/desk/login/link/:token", desk_link_form),
    FORM("/desk/logout", desk_logout_form, PERM_STAFF),
    PAGE("/desk", desk_home_page, PERM_STAFF),
    PAGE("/desk/profile", desk_profile_page, PERM_STAFF),
    FORM("/desk/profile", desk_profile_save, PERM_STAFF),
    {HTTP_POST, "/desk/profile/password", desk_password_save, PERM_STAFF, .limit = LIMIT_GUESS},
    PAGE("/desk/staff", desk_staff_page, "staff.write"),
    FORM("/desk/staff", desk_staff_new_form, "staff.write"),
    PAGE("/desk/staff/:id", desk_staff_edit_page, "staff.write"),
    FORM("/desk/staff/:id", desk_staff_edit_form, "staff.write"),
    FORM("/desk/staff/:id/link", desk_staff_link_form, "staff.write"),

    PAGE("/desk/orders", desk_orders_page, "order.read"),
    PAGE("/desk/orders/new", desk_orders_new, "order.read"),
    FORM("/desk/orders/views", desk_view_save, "order.read"),
    FORM("/desk/orders/views/:id/drop", desk_view_drop, "order.read"),
    PAGE("/desk/orders/:id", desk_order_page, "order.read"),
    FORM("/desk/orders/:id/pay", desk_order_pay_form, "order.write"),
    FORM("/desk/orders/:id/ship", desk_order_ship_form, "order.write"),
    FORM("/desk/orders/:id/note", desk_order_note_form, "order.write"),
    FORM("/desk/orders/:id/cancel", desk_order_cancel_form, "order.refund"),
    FORM("/desk/orders/:id/refund", desk_order_refund_form, "order.refund"),

    PAGE("/desk/products", desk_products_page, "catalog.read"),
    PAGE("/desk/products/new", desk_product_new_page, "catalog.write"),
    UPLOAD("/desk/products/new", desk_product_new_form, "catalog.write"),
    PAGE("/desk/products/:id", desk_product_page, "catalog.read"),
    UPLOAD("/desk/products/:id", desk_product_form, "catalog.write"),
    PAGE("/desk/collections", desk_collections_page, "catalog.read"),
    PAGE("/desk/collections/new", desk_collection_new_page, "catalog.write"),
    FORM("/desk/collections/new", desk_collection_new_form, "catalog.write"),
    PAGE("/desk/collections/:id", desk_collection_page, "catalog.read"),
    FORM("/desk/collections/:id", desk_collection_form, "catalog.write"),

    PAGE("/desk/payments", desk_payments_page, "payment.read"),
    UPLOAD("/desk/payments/statement", desk_statement_form, "payment.write"),
    FORM("/desk/payments/entries/:id", desk_entry_form, "payment.write"),
    FORM("/desk/payments/transfers/:id", desk_transfer_form, "order.refund"),

    PAGE("/desk/settings", desk_settings_page, "core.settings"),
    FORM("/desk/settings", desk_settings_form, "core.settings"),
    PAGE("/desk/shipping", desk_shipping_page, "shipping.write"),
    PAGE("/desk/shipping/:id", desk_shipping_edit_page, "shipping.write"),
    FORM("/desk/shipping/:id", desk_shipping_form, "shipping.write"),
    PAGE("/desk/pages", desk_pages_page, "content.write"),
    PAGE("/desk/pages/:handle", desk_page_edit_page, "content.write"),
    FORM("/desk/pages/:handle", desk_page_form, "content.write"),
    PAGE("/desk/pages/:handle/:lang/:version", desk_page_version_page, "content.write"),
    PAGE("/desk/themes", desk_themes_page, "theme.write"),
    UPLOAD("/desk/themes", desk_theme_add_form, "theme.write"),
    FORM("/desk/themes/:id/do", desk_theme_form, "theme.write"),
    PAGE("/desk/themes/:id", desk_theme_page, "theme.write"),
    PAGE("/desk/themes/:id/look/:group", desk_theme_look_page, "theme.write"),
    UPLOAD("/desk/themes/:id/look/:group", desk_theme_look_form, "theme.write"),
    PAGE("/desk/themes/:id/file/*path", desk_theme_file_page, "theme.write"),
    UPLOAD("/desk/themes/:id/file/*path", desk_theme_file_form, "theme.write"),
    PAGE("/desk/badges", desk_badges_page, "theme.write"),
    FORM("/desk/badges", desk_badges_form, "theme.write"),
    PAGE("/desk/blogs", desk_blogs_page, "content.blog"),
    PAGE("/desk/blogs/:blog", desk_blog_page, "content.blog"),
    FORM("/desk/blogs/:blog", desk_blog_form, "content.blog"),
    PAGE("/desk/blogs/:blog/articles/:article", desk_article_page, "content.blog"),
    UPLOAD("/desk/blogs/:blog/articles/:article", desk_article_form, "content.blog"),
    PAGE("/desk/blogs/:blog/articles/:article/:lang/:version", desk_article_version_page,
         "content.blog"),
    PAGE("/desk/comments", desk_comments_page, "content.blog"),
    FORM("/desk/comments/:id", desk_comment_form, "content.blog"),
    PAGE("/desk/menus", desk_menus_page, "content.menu"),
    PAGE("/desk/menus/:handle", desk_menu_page, "content.menu"),
    FORM("/desk/menus/:handle", desk_menu_form, "content.menu"),
    PAGE("/desk/newsletter", desk_newsletter_page, "contact.newsletter"),
    PAGE("/desk/newsletter.csv", desk_newsletter_export, "contact.newsletter"),
    FORM("/desk/newsletter/:id/erase", desk_newsletter_erase, "contact.newsletter"),
    PAGE("/desk/jobs", desk_jobs_page, "core.jobs"),
    FORM("/desk/jobs/:id/retry", desk_job_retry_form, "core.jobs"),
    PAGE("/desk/audit", desk_audit_page, "core.audit"),
    {0},
};

static const struct desk_page pages[] = {
    {"/desk", PERM_STAFF, "Übersicht", "Overview", "home", 0},
    {"/desk/orders", "order.read", "Bestellungen", "Orders", "box", 10},
    {"/desk/products", "catalog.read", "Artikel", "Products", "tag", 20},
    {"/desk/collections", "catalog.read", "Kategorien", "Collections", "layers", 30},
    {"/desk/payments", "payment.read", "Zahlungen", "Payments", "euro", 40},
    {"/desk/shipping", "shipping.write", "Versand", "Shipping", "truck", 50},
    {"/desk/pages", "content.write", "Seiten", "Pages", "page", 60},
    {"/desk/themes", "theme.write", "Themes", "Themes", "layers", 65},
    {"/desk/blogs", "content.blog", "Blog", "Blog", "note", 61},
    {"/desk/menus", "content.menu", "Menüs", "Menus", "list", 62},
    {"/desk/newsletter", "contact.newsletter", "Newsletter", "Newsletter", "mail", 63},
    {"/desk/settings", "core.settings", "Einstellungen", "Settings", "gear", 70},
    {"/desk/jobs", "core.jobs", "Aufgaben", "Jobs", "clock", 90},
    {"/desk/audit", "core.audit", "Protokoll", "Audit trail", "list", 95},
    {"/desk/staff", "staff.write", "Team", "Team", "people", 80},
    {0},
};
static const struct setting settings[] = {
    {"desk.low_stock", SETTING_INT, "3", .perm = "core.settings", .de = "Wenig Bestand ab (Stück)",
     .en = "Low stock from (pieces)",
     .help_de = "So viele oder weniger: Die Variante erscheint auf der Übersicht.",
     .help_en = "This many or fewer: the variant is listed on the overview.", .max = 1000000},
    {0},
};
static const char *const needs[] = {"staff",   "catalog",  "price", "stock", "order",
                                    "payment", "shipping", "mail",  "media", "content",
                                    "contact", "themes",   "flow",  NULL};
const struct module desk_module = {
    .name = "desk",
    .needs = needs,
    .queries = desk_sql_queries,
    .query_count = &desk_sql_query_count,
    .settings = settings,
    .pages = pages,
    .routes = desk_routes,
    .start = start,
};
