// SPDX-License-Identifier: Apache-2.0
// The filters of themes on a shop of this file's own making: what they print, byte for byte.
#include "base/test.h"
#include "theme/digest.h"
#include "theme/filter_private.h"
#include "theme/font_private.h"
#include "theme/fonts.h"

// ---- a theme and a shop, small
struct theme {
    struct theme_files files;
    struct str *words;
};
static const struct theme_host shop;
const struct theme_host *theme_host_of(const struct theme *t) {
    (void)t;
    return &shop;
}
const struct theme_files *theme_files(const struct theme *t) { return &t->files; }
const struct theme_file *theme_file_find(const struct theme_files *f, struct str path) {
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].path, path)) return &f->v[i];
    return NULL;
}
struct str theme_asset_url(const struct theme *t, struct arena *a, struct str name) {
    struct str path = arena_fmt(a, "assets/" STR_FMT, STR_ARG(name));
    if (!theme_file_find(theme_files(t), path)) return (struct str){0};
    return arena_fmt(a, "/cdn/t/1/abc/" STR_FMT, STR_ARG(name));
}
struct str theme_translate(const struct theme *t, struct arena *a, struct str lang, struct str key,
                           const struct liquid_args *args, bool *html_out) {
    (void)t, (void)a, (void)lang, (void)args;
    *html_out = str_ends(key, S("_html"));
    if (str_eq(key, S("cart.title"))) return S("Warenkorb & mehr");
    if (str_eq(key, S("cart.note_html"))) return S("<b>Hinweis</b>");
    if (str_eq(key, S("date_formats.year"))) return S("Jahr %Y");
    return (struct str){0};
}

static bool shop_resource(void *page, struct str type, struct liquid_value value,
                          struct liquid_value *out, struct err *err) {
    (void)page, (void)type, (void)err;
    *out = value;
    return true;
}
static void shop_money(void *page, int64_t minor, enum theme_money how, struct buf *out) {
    static const char *const formats[] = {"%lld,%02lld €", "%lld,%02lld € EUR", "%lld,%02lld",
                                          "%lld €"};
    long long n = minor;
    (void)page;
    char text[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int used = snprintf(text, sizeof text, formats[how], n / 100, n % 100);
#pragma GCC diagnostic pop
    buf_put(out, (struct str){text, (size_t)used});
}
static bool shop_image_url(void *page, struct liquid_value input, const struct theme_image_size *s,
                           struct buf *out, struct err *err) {
    struct str src;
    (void)page;
    if (liquid_is_text(input))
        src = liquid_str(input);
    else
        TRY(value_text(out->arena, input, "src", &src, err));
    if (!src.n) return true;
    buf_fmt(out, "/media/" STR_FMT, STR_ARG(src));
    if (s->width) buf_fmt(out, "?v=1&width=%lld", (long long)s->width);
    if (s->height) buf_fmt(out, "&height=%lld", (long long)s->height);
    return true;
}
static bool shop_image_of(void *page, struct liquid_value input, struct liquid_value *image_out,
                          struct err *err) {
    (void)page, (void)err;
    *image_out = liquid_is_text(input) ? liquid_nil() : input;
    return true;
}
static bool shop_form(void *page, const struct theme_form *f, struct theme_form_out *out,
                      struct err *err) {
    struct arena *a = page;
    (void)err;
    if (str_eq(f->type, S("guest_login"))) return true;
    out->action = str_eq(f->type, S("product")) ? S("/cart/add") : S("/contact#contact_form");
    out->hidden = S("<input type=\"hidden\" name=\"form_type\" value=\"x\">");
    out->multipart = str_eq(f->type, S("product"));
    struct liquid_map *form = liquid_map_new(a);
    liquid_set(form, "email", liquid_text(S("a@b.de")));
    out->form = liquid_of_map(form);
    return true;
}
static bool shop_paginate(void *page, struct liquid_value list, int64_t size, int64_t window,
                          struct liquid_value *paginate_out, struct err *err) {
    struct liquid_map *m = liquid_map_new(page);
    int64_t n;
    TRY(value_count_of(page, list, &n, err));
    liquid_set(m, "items", liquid_int(n));
    liquid_set(m, "page_size", liquid_int(size));
    liquid_set(m, "window", liquid_int(window));
    *paginate_out = liquid_of_map(m);
    return true;
}
static struct str shop_path(void *page, struct str path) {
    return arena_fmt(page, "/de" STR_FMT, STR_ARG(path));
}
static struct str shop_file(void *page, struct str name) {
    return arena_fmt(page, "/files/" STR_FMT, STR_ARG(name));
}
static struct str shop_text(void *page, struct str key) {
    (void)page;
    return str_eq(key, S("shopify.checkout.title")) ? S("Kasse") : (struct str){0};
}
static const struct theme_host shop = {
    .resource = shop_resource,
    .money = shop_money,
    .image_url = shop_image_url,
    .image_of = shop_image_of,
    .form = shop_form,
    .paginate = shop_paginate,
    .local_path = shop_path,
    .file_url = shop_file,
    .system_text = shop_text,
};

static const char data[] =
    "{\"image\":{\"src\":\"a.jpg\",\"width\":2000,\"height\":1000,\"alt\":\"Eine <Tasse>\"},"
    "\"product\":{\"id\":7,\"title\":\"Tasse \\\"Elbe\\\"\",\"url\":\"/de/products/tasse\","
    "\"vendor\":\"Töpferei & Co\",\"description\":\"<p>Gut.</p>\",\"variants\":[{\"id\":71,"
    "\"title\":\"Blau\",\"price\":1290,\"available\":true,\"sku\":\"T-1\"}]},"
    "\"collection\":{\"url\":\"/de/collections/kueche\"},\"current_tags\":[\"Neu da\"],"
    "\"cart\":{\"items\":[{\"variant_id\":71,\"product_id\":7,\"quantity\":2},"
    "{\"variant_id\":72,\"product_id\":7,\"quantity\":3}]},"
    "\"shop\":{\"url\":\"https://elbe.example\",\"currency\":\"EUR\"},"
    "\"measure\":{\"reference_unit\":\"ml\",\"reference_value\":100},"
    "\"address\":{\"name\":\"Ida <Kruse>\",\"address1\":\"Deich 1\",\"zip\":\"20457\","
    "\"city\":\"Hamburg\",\"country\":\"Deutschland\",\"country_code\":\"DE\"},"
    "\"page\":{\"parts\":[{\"title\":\"1\",\"url\":\"/"
    "c\",\"is_link\":false},{\"title\":\"2\",\"url\":\"/c?page=2"
    "\",\"is_link\":true},{\"title\":\"…\",\"is_link\":false}],\"next\":{\"title\":\"Next\","
    "\"url\":"
    "\"/c?page=2\",\"is_link\":true},\"current_page\":1},"
    "\"weight\":{\"type\":\"weight\",\"value\":{\"value\":2.5,\"unit\":\"kg\"}},"
    "\"list\":{\"type\":\"list.single_line_text_field\",\"value\":[\"a<b\",\"c\"]},"
    "\"video\":{\"media_type\":\"video\",\"alt\":\"Film\",\"sources\":[{\"url\":\"/v.mp4\","
    "\"mime_type\":\"video/mp4\"}]},"
    "\"tube\":{\"media_type\":\"external_video\",\"host\":\"youtube\",\"external_id\":\"q/1\","
    "\"alt\":\"Töpfern\"}}";

struct look { // a render
    struct arena a;
    struct err err;
    struct theme theme;
    struct theme_page page;
};

static struct str render(struct look *l, const char *template, const char *lang) {
    static struct theme_file files[] = {
        {S_INIT("assets/base.css"), S_INIT("p{}")},
        {S_INIT("assets/icon.svg"), S_INIT("<svg/>")},
    };
    const struct liquid_host host = {.filters = theme_filter_table,
                                     .filter_count = theme_filter_count,
                                     .tags = theme_form_tags,
                                     .tag_count = theme_form_tag_count};
    const struct liquid_options options = {.autoescape = true, .host = &host};
    const struct liquid_template *t;
    struct liquid_value globals;
    l->theme.files = (struct theme_files){files, ARRAY_LEN(files), 0};
    l->page = (struct theme_page){
        .theme = &l->theme, .arena = &l->a, .host_page = &l->a, .lang = str_c(lang)};
    assert_ok(liquid_parse_json(&l->a, str_c(data), &globals, &l->err), &l->err);
    assert_ok(liquid_compile(&l->a, str_c(template), &options, &t, NULL, &l->err), &l->err);
    struct buf out = buf_new(&l->a, 0);
    const struct liquid_render_in in = {.arena = &l->a,
                                        .globals = globals.map,
                                        .page = &l->page,
                                        .now = INT64_C(1795345200) * SECOND,
                                        .raise = true};
    assert_ok(liquid_render(t, &in, &out, &l->err), &l->err);
    return buf_str(&out);
}

struct example {
    const char *template, *want;
};
static void try_all(const struct example *v, size_t n, const char *lang) {
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct look l = {0};
        struct str got = render(&l, v[i].template, lang);
        if (!str_eq(got, str_c(v[i].want))) {
            print_error("%s\n  got  " STR_FMT "\n  want %s\n", v[i].template, STR_ARG(got),
                        v[i].want);
            wrong++;
        }
        arena_done(&l.a);
    }
    assert_int_equal(wrong, 0);
}
#define TRY_ALL(table) try_all(table, ARRAY_LEN(table), "de")

static void colours_as_documented(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{{ '#E800B0' | brightness_difference: '#FECEE9' }}", "134"},
        {"{{ '#EA5AB9' | color_brightness }}", "143.89"},
        {"{{ '#E800B0' | color_contrast: '#D9D8FF' }}", "3.0"},
        {"{{ '#EA5AB9' | color_darken: 30 }}", "#98136b"},
        {"{{ '#EA5AB9' | color_desaturate: 30 }}", "#ce76b0"},
        {"{{ '#720955' | color_difference: '#FFF3F9' }}", "539"},
        {"{{ '#EA5AB9' | color_extract: 'red' }}", "234"},
        {"{{ '#EA5AB9' | color_lighten: 30 }}", "#fbe2f3"},
        {"{{ '#E800B0' | color_mix: '#00936F', 50 }}", "#744a90"},
        {"{{ 'rgba(232, 0, 176, 0.75)' | color_mix: '#00936F', 50 }}", "rgba(116, 74, 144, 0.88)"},
        {"{{ '#EA5AB9' | color_modify: 'red', 255 }}", "#ff5ab9"},
        {"{{ '#EA5AB9' | color_modify: 'alpha', 0.85 }}", "rgba(234, 90, 185, 0.85)"},
        {"{{ '#EA5AB9' | color_saturate: 30 }}", "#ff45c0"},
        {"{{ 'rgb(234, 90, 185)' | color_to_hex }}", "#ea5ab9"},
        {"{{ '#EA5AB9' | color_to_hsl }}", "hsl(320, 77%, 64%)"},
        {"{{ '#EA5AB9' | color_to_oklch }}", "oklch(68% 0.2 343 / 1.0)"},
        {"{{ '#EA5AB9' | color_to_rgb }}", "rgb(234, 90, 185)"},
        {"{{ '#EA5AB9' | hex_to_rgba: 0.5 }}", "rgba(234,90,185,0.5)"},
        {"{{ 'keine' | color_darken: 5 }}", "keine"},
        {"{% assign n = 99999999999999999999.5 %}{{ '#fff' | color_modify: 'hue', n }}|{{ '#fff' | "
         "hex_to_rgba: n }}|{{ '#123' | color_mix: '#456', n }}|{{ n | weight_with_unit: 'g' }}",
         "#ffffff|rgba(255,255,255,1000000000000000)|#112233|1000000000000000 g"},
    };
    TRY_ALL(v);
}

static void assets_and_links(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{{ 'base.css' | asset_url }}", "/cdn/t/1/abc/base.css"},
        {"{{ 'base.css' | asset_url | stylesheet_tag }}",
         "<link href=\"/cdn/t/1/abc/base.css\" rel=\"stylesheet\" type=\"text/css\" "
         "media=\"all\">"},
        {"{{ 'none.css' | asset_url | stylesheet_tag }}", ""},
        {"{{ '/a.js' | script_tag }}", "<script src=\"/a.js\" type=\"text/javascript\"></script>"},
        {"{{ '/a.js' | preload_tag: as: 'script', type: 'x\"y' }}",
         "<link href=\"/a.js\" as=\"script\" rel=\"preload\" type=\"x&quot;y\">"},
        {"{{ 'icon.svg' | inline_asset_content }}", "<svg/>"},
        {"{{ image.alt | link_to: '/x', class: 'k' }}",
         "<a class=\"k\" href=\"/x\" title=\"\">Eine &lt;Tasse&gt;</a>"},
        {"{{ 'Log in' | customer_login_link }}",
         "<a href=\"/de/account/login\" id=\"customer_login_link\">Log in</a>"},
        {"{{ product.vendor | link_to_vendor }}",
         "<a href=\"/de/collections/vendors?q=T%C3%B6pferei%20%26%20Co\" title=\"Töpferei &amp; "
         "Co\">Töpferei &amp; Co</a>"},
        {"{{ collection.url | sort_by: 'price-ascending' }}",
         "/de/collections/kueche?sort_by=price-ascending"},
        {"{{ product.url | within: collection }}", "/de/collections/kueche/products/tasse"},
        {"{{ 'Rot' | link_to_add_tag: 'Rot' }}",
         "<a href=\"/de/collections/kueche/neu-da+rot\" title=\"Auswahl einschränken auf "
         "Rot\">Rot</a>"},
        {"{{ 'Neu da' | link_to_remove_tag: 'Neu da' }}",
         "<a href=\"/de/collections/kueche\" title=\"Entfernen: Neu da\">Neu da</a>"},
        {"{{ 'Neu da' | highlight_active_tag }}", "<span class=\"active\">Neu da</span>"},
        {"{{ 'agb.pdf' | file_url }}", "/files/agb.pdf"},
    };
    TRY_ALL(v);
}

static void pictures(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{{ image | image_url: width: 450 }}", "/media/a.jpg?v=1&amp;width=450"},
        {"{{ image | image_url: width: 400 | image_tag: class: 'k' }}",
         "<img src=\"/media/a.jpg?v=1&amp;width=400\" alt=\"Eine &lt;Tasse&gt;\" "
         "srcset=\"/media/a.jpg?v=1&amp;width=352 352w, /media/a.jpg?v=1&amp;width=400 400w\" "
         "width=\"400\" height=\"200\" class=\"k\">"},
        {"{{ image | image_url: width: 9000 | image_tag: widths: '200, 3000', alt: 'x', sizes: "
         "'50vw' }}",
         "<img src=\"/media/a.jpg?v=1&amp;width=5760\" alt=\"x\" "
         "srcset=\"/media/a.jpg?v=1&amp;width=200 200w\" width=\"2000\" height=\"1000\" "
         "sizes=\"50vw\">"},
        {"{{ image | image_url: width: 100 | image_tag: width: 50, srcset: nil }}",
         "<img src=\"/media/a.jpg?v=1&amp;width=100\" alt=\"Eine &lt;Tasse&gt;\" width=\"50\">"},
        {"{{ image | image_url: width: 100 | image_tag: srcset: nil, alt: '', sizes: '5rem' }}",
         "<img src=\"/media/a.jpg?v=1&amp;width=100\" alt=\"\" width=\"100\" height=\"50\">"},
        {"{{ nil | image_url: width: 100 | image_tag }}", ""},
        {"{% assign u = image | image_url: width: 100 %}{{ u | append: '#x' }}",
         "/media/a.jpg?v=1&amp;width=100#x"},
        {"{{ image | img_url: '480x', scale: 2 }}", "/media/a.jpg?v=1&amp;width=960"},
        {"{{ 'a.jpg' | img_tag: 'Alt', 'k' }}", "<img src=\"a.jpg\" alt=\"Alt\" class=\"k\">"},
        {"{{ video | media_tag: controls: true }}",
         "<video playsinline=\"playsinline\" controls preload=\"metadata\" "
         "aria-label=\"Film\"><source src=\"/v.mp4\" type=\"video/mp4\"></video>"},
        {"{{ tube | external_video_url: color: 'white' | external_video_tag }}",
         "<iframe frameborder=\"0\" allow=\"accelerometer; autoplay; encrypted-media; gyroscope; "
         "picture-in-picture\" allowfullscreen=\"allowfullscreen\" "
         "src=\"https://www.youtube-nocookie.com/embed/q%2F1?playsinline=1&amp;rel=0&amp;"
         "color=white\" title=\"Töpfern\"></iframe>"},
    };
    TRY_ALL(v);
}

static void words_and_sums(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{{ 'cart.title' | t }} {{ 'cart.note_html' | t }}",
         "Warenkorb &amp; mehr <b>Hinweis</b>"},
        {"{{ 'shopify.checkout.title' | t }}", "Kasse"},
        {"{{ 'a.b' | t }}", "Translation missing: de.a.b"},
        {"{{ 1290 | money }}|{{ 1290 | money_with_currency }}|{{ nil | money }}",
         "12,90 €|12,90 € EUR|"},
        {"{{ 1290 | money_without_currency }}|{{ 1200 | money_without_trailing_zeros }}",
         "12,90|12 €"},
        {"{{ 250 | unit_price_with_measurement: measure }}", "2,50 €/100 ml"},
        {"{{ 1250 | weight_with_unit }} {{ 500 | weight_with_unit: 'g' }}", "1,25 kg 500 g"},
        {"{{ 'Größe & Maß (neu)' | handleize }}", "grosse-mass-neu"},
        {"{{ 'variable-name' | camelize }}", "VariableName"},
        {"{{ 1 | pluralize: 'Teil', 'Teile' }} {{ 2 | pluralize: 'Teil', 'Teile' }}", "Teil Teile"},
        {"{{ '<p>a & b</p>' | url_escape }}|{{ 'a & b' | url_param_escape }}",
         "%3Cp%3Ea%20&amp;%20b%3C/p%3E|a%20%26%20b"},
        {"{{ product.title | highlight: 'elbe' }}",
         "Tasse &quot;<strong class=\"highlight\">Elbe</strong>&quot;"},
        {"{{ product.title | json }}", "\"Tasse \\\"Elbe\\\"\""},
        {"{{ cart | item_count_for_variant: 72 }}", "3"},
        {"{% assign l = cart | line_items_for: product %}{{ l | sum: 'quantity' }}", "5"},
        {"{{ address | format_address }}",
         "<p>Ida &lt;Kruse&gt;<br>Deich 1<br>20457 Hamburg<br>Deutschland</p>"},
        {"{{ page | default_pagination }}",
         "<span class=\"page current\">1</span> <span class=\"page\"><a href=\"/c?page=2\" "
         "title=\"\">2</a></span> <span class=\"deco\">…</span> <span class=\"next\"><a "
         "href=\"/c?page=2\" title=\"\">Weiter »</a></span>"},
        {"{{ weight | metafield_tag }}", "<span class=\"metafield-weight\">2.5 kg</span>"},
        {"{{ list | metafield_tag }}", "<ul class=\"metafield-single_line_text_field-array\"><li "
                                       "class=\"metafield-single_line_text_field\">a&lt;b</li><li "
                                       "class=\"metafield-single_line_text_field\">c</li></ul>"},
        {"{{ list | metafield_text }}", "a&lt;b und c"},
    };
    TRY_ALL(v);
}

static void dates_in_both_languages(void **state) {
    (void)state;
    static const struct example german[] = {
        {"{{ '2026-03-02 15:04' | date: '%B %d, %Y' }}", "März 02, 2026"},
        {"{{ '2026-03-02 15:04' | date: format: 'default' }}", "Montag, 2. März 2026, 15:04 Uhr"},
        {"{{ '2026-03-02 15:04' | time_tag: format: 'year' }}",
         "<time datetime=\"2026-03-02T15:04:00+00:00\">Jahr 2026</time>"},
        {"{{ 'x' | date: '%Y' }}|{{ nil | time_tag: '%Y' }}", "x|"},
    };
    static const struct example english[] = {
        {"{{ '2026-03-02 15:04' | date: '%B %d, %Y' }}", "March 02, 2026"},
        {"{{ '2026-03-02 15:04' | date: format: 'abbreviated_date' }}", "Mar 2, 2026"},
        {"{{ '2026-03-02' | time_tag: '%d %b', datetime: '%Y' }}",
         "<time datetime=\"2026\">02 Mar</time>"},
    };
    TRY_ALL(german);
    try_all(english, ARRAY_LEN(english), "en");
}

static void forms_and_pages(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{% form 'product', product, class: 'k', data-x: 1, novalidate: true %}{{ form.email }}{% "
         "endform %}",
         "<form method=\"post\" action=\"/cart/add\" id=\"product_form_7\" "
         "accept-charset=\"UTF-8\" class=\"k\" enctype=\"multipart/form-data\" data-x=\"1\" "
         "novalidate><input type=\"hidden\" name=\"form_type\" value=\"x\">a@b.de</form>"},
        {"{% form 'contact' %}{% endform %}",
         "<form method=\"post\" action=\"/contact#contact_form\" id=\"contact_form\" "
         "accept-charset=\"UTF-8\" class=\"contact-form\"><input type=\"hidden\" "
         "name=\"form_type\" value=\"x\"></form>"},
        {"{% form 'guest_login' %}x{% endform %}", ""},
        {"{% paginate cart.items by 5, window_size: 2 %}{{ paginate.items }} {{ "
         "paginate.page_size }} {{ paginate.window }}{% endpaginate %}|{{ paginate.items }}",
         "2 5 2|"},
        {"{% assign n = 9000 %}{% paginate cart.items by n %}{{ paginate.page_size }}{% "
         "endpaginate %}",
         "250"},
    };
    TRY_ALL(v);
}

static void hashes_of_the_standards(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{{ '' | md5 }}", "d41d8cd98f00b204e9800998ecf8427e"},
        {"{{ 'abc' | sha1 }}", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"{{ 'abc' | sha256 }}",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"{{ '' | blake3 }}", "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"},
        {"{{ 'what do ya want for nothing?' | hmac_sha1: 'Jefe' }}",
         "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
        {"{{ 'what do ya want for nothing?' | hmac_sha256: 'Jefe' }}",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    };
    TRY_ALL(v);
}

// The vectors of BLAKE3's authors: bytes 0, 1, ... 250, 0 ... of some lengths.
static void blake3_in_trees(void **state) {
    (void)state;
    static const struct {
        size_t n;
        unsigned char first[4];
    } v[] = {{1, {0x2d, 0x3a, 0xde, 0xdf}},    {1024, {0x42, 0x21, 0x47, 0x39}},
             {1025, {0xd0, 0x02, 0x78, 0xae}}, {3072, {0xb9, 0x8c, 0xb0, 0xff}},
             {8192, {0xaa, 0xe7, 0x92, 0x48}}, {31744, {0x62, 0xb6, 0x96, 0x0e}}};
    static char text[31744];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i % 251);
    for (size_t i = 0; i < ARRAY_LEN(v); i++) {
        unsigned char got[32];
        digest(DIGEST_BLAKE3, (struct str){text, v[i].n}, got);
        assert_memory_equal(got, v[i].first, 4);
    }
}

static void fonts(void **state) {
    (void)state;
    struct arena a = {0};
    const char *type = NULL;
    struct liquid_value v = theme_font_value(&a, S("inter_n5"));
    const struct font *f = theme_self(v, &theme_font_kind);
    struct str url = font_file_url(&a, f, false);
    assert_true(str_starts(url, S("/cdn/fonts/")) && str_ends(url, S("/inter.woff2")));
    struct str bytes = theme_font_asset(str_from(url, 11), &type);
    assert_string_equal(type, "font/woff2");
    assert_true(bytes.n > 10000 && str_starts(bytes, S("wOF2")));
    assert_null(theme_font_asset(S("000000000000/inter.woff2"), &type).p);
    assert_null(theme_font_asset(S("000000000000/../x"), &type).p);
    assert_int_equal(theme_font_value(&a, S("A B")).type, LIQUID_NIL);
    arena_done(&a);
    static const struct example w[] = {
        {"{% assign b = 'inter_n4' | font_modify: 'weight', 'bold' %}{{ b }} {{ b.family }} {{ "
         "b.weight }} {{ b.style }} {{ b.system? }}",
         "inter_n7 Inter 700 normal false"},
        {"{% assign b = 'work_sans_n4' | font_modify: 'style', 'italic' %}[{{ b }}]", "[]"},
        {"{% assign b = 'playfair_display_n4' | font_modify: 'weight', '+200' %}{{ b.family }}, {{ "
         "b.fallback_families }} {{ b.weight }} {{ b.system? }}",
         "Playfair Display, Georgia, \"Times New Roman\", serif 600 true"},
        {"{{ 'arial_n4' | font_face }}", ""},
    };
    TRY_ALL(w);
    struct look l = {0};
    struct str face = render(&l, "{{ 'source_serif_i6' | font_face }}", "de");
    assert_true(str_starts(face, S("@font-face {\n  font-family: Source Serif;\n  font-weight: "
                                   "600;\n  font-style: italic;\n  font-display: swap;\n  src: "
                                   "url(\"/cdn/fonts/")));
    arena_done(&l.a);
}

static void structured_data_is_json(void **state) {
    (void)state;
    static const struct example v[] = {
        {"{{ product | structured_data }}",
         "{\"@context\":\"http://schema.org/\",\"@type\":\"ProductGroup\",\"@id\":\"https://"
         "elbe.example/de/products/tasse#product\",\"brand\":{\"@type\":\"Brand\",\"name\":"
         "\"Töpferei \\u0026 Co\"},\"description\":\"Gut.\",\"name\":\"Tasse \\\"Elbe\\\"\","
         "\"url\":\"https://elbe.example/de/products/tasse\",\"productGroupID\":\"7\","
         "\"hasVariant\":[{\"@type\":\"Product\",\"@id\":\"https://elbe.example/de/products/"
         "tasse?variant=71#variant\",\"name\":\"Tasse \\\"Elbe\\\" - Blau\",\"sku\":\"T-1\","
         "\"offers\":{\"@type\":\"Offer\",\"availability\":\"http://schema.org/InStock\","
         "\"price\":\"12.90\",\"priceCurrency\":\"EUR\",\"url\":\"https://elbe.example/de/"
         "products/tasse?variant=71\"}}]}"},
    };
    TRY_ALL(v);
}

// A thing of a kind whose properties stand in a map.
static bool map_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                      struct err *err) {
    const struct liquid_value *v = liquid_map_get(self, key);
    (void)a, (void)err;
    *out = v ? *v : liquid_nil();
    return true;
}
static struct liquid_value thing(struct arena *a, const char *kind, const char *json) {
    struct err err = {0};
    struct liquid_value v;
    struct theme_kind *k = ARENA_NEW(a, struct theme_kind);
    *k = (struct theme_kind){.name = kind, .other = map_other};
    assert_ok(liquid_parse_json(a, str_c(json), &v, &err), &err);
    return theme_object(a, k, v.map);
}

static void json_has_the_shape_of_its_kind(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct buf none = buf_new(&a, 0);
    struct liquid_value items[] = {
        thing(&a, "image", "{\"src\":\"/media/a.jpg\",\"width\":9}"),
        thing(&a, "shop", "{\"name\":\"Elbe\"}"),
        thing(&a, "product_option", "{\"name\":\"Größe\",\"position\":1,\"values\":[\"S\"]}"),
        liquid_text(S("</script>")),
        liquid_time(0),
    };
    struct theme_page page = {.arena = &a, .lang = S("de")};
    const struct liquid_host host = {.filters = theme_filter_table,
                                     .filter_count = theme_filter_count};
    const struct liquid_options options = {.autoescape = true, .host = &host};
    const struct liquid_template *t;
    struct liquid_map *globals = liquid_map_new(&a);
    liquid_set(globals, "list", liquid_array(items, ARRAY_LEN(items)));
    liquid_set(globals, "cart", thing(&a, "cart", "{\"note\":\"a & b\",\"item_count\":2}"));
    assert_ok(
        liquid_compile(&a, S("{{ list | json }}|{{ cart | json }}"), &options, &t, NULL, &err),
        &err);
    const struct liquid_render_in in = {
        .arena = &a, .globals = globals, .page = &page, .raise = true};
    assert_ok(liquid_render(t, &in, &none, &err), &err);
    assert_str(buf_str(&none),
               "[\"/media/a.jpg\",{\"error\":\"json not allowed for this object\"},"
               "{\"name\":\"Größe\",\"position\":1,\"values\":[\"S\"]},"
               "\"\\u003c/script\\u003e\",\"1970-01-01T00:00:00+00:00\"]|"
               "{\"note\":\"a \\u0026 b\",\"attributes\":null,\"original_total_price\":null,"
               "\"total_price\":null,\"total_discount\":null,\"total_weight\":null,"
               "\"item_count\":2,\"items\":null,\"requires_shipping\":null,\"currency\":null,"
               "\"items_subtotal_price\":null,\"cart_level_discount_applications\":null,"
               "\"checkout_charge_amount\":null}");
    arena_done(&a);
}

static void drawings_and_marks(void **state) {
    (void)state;
    static const char *const names[] = {"product-1",      "collection-6", "lifestyle-2",
                                        "hero-apparel-3", "image",        "nobody-knows"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct look l = {0};
        struct str got = render(
            &l,
            arena_cstr(&l.a, arena_fmt(&l.a, "{{ '%s' | placeholder_svg_tag: 'k' }}", names[i])),
            "de");
        assert_true(str_starts(got, S("<svg class=\"k\"")) && str_ends(got, S("</svg>")));
        assert_true(got.n < 2500);
        arena_done(&l.a);
    }
    struct look l = {0};
    struct str got = render(&l, "{{ 'visa' | payment_type_svg_tag: class: 'k' }}", "de");
    assert_true(str_starts(got, S("<svg class=\"k\"")) && str_find(got, S(">VISA<")) != STR_NONE);
    arena_done(&l.a);
}

static void the_table_is_sorted(void **state) {
    (void)state;
    for (size_t i = 1; i < theme_filter_count; i++)
        assert_true(strcmp(theme_filter_table[i - 1].name, theme_filter_table[i].name) < 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_as_documented),
        cmocka_unit_test(assets_and_links),
        cmocka_unit_test(pictures),
        cmocka_unit_test(words_and_sums),
        cmocka_unit_test(dates_in_both_languages),
        cmocka_unit_test(forms_and_pages),
        cmocka_unit_test(hashes_of_the_standards),
        cmocka_unit_test(blake3_in_trees),
        cmocka_unit_test(fonts),
        cmocka_unit_test(structured_data_is_json),
        cmocka_unit_test(json_has_the_shape_of_its_kind),
        cmocka_unit_test(drawings_and_marks),
        cmocka_unit_test(the_table_is_sorted),
    };
    return TEST_GROUP(tests);
}
