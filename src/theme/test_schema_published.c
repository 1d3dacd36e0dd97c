// SPDX-License-Identifier: Apache-2.0
// That the tables say what the published JSON Schemas say (theme-liquid-docs, MIT), read from
// ../shared/data/liquid beside the source tree; skipped when they are not there.
#include <stdlib.h>

#include "base/buf.h"
#include "base/test.h"
#include "theme/schema_private.h"

struct published {
    struct arena a;
    struct theme_json v;
};

static struct str read_all(struct arena *a, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return (struct str){0};
    struct buf b = buf_new(a, (size_t)1 << 20);
    char piece[8192];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) buf_put(&b, (struct str){piece, n});
    fclose(f);
    return buf_str(&b);
}

static bool published(struct published *p, const char *name) {
    const char *shared = getenv("KONTOR_SHARED"), *source = getenv("KONTOR_SOURCE");
    struct str root =
        shared ? str_c(shared) : arena_fmt(&p->a, "%s/../shared", source ? source : ".");
    struct str path =
        arena_fmt(&p->a, STR_FMT "/data/liquid/theme-liquid-docs/schemas/%s", STR_ARG(root), name);
    struct theme_findings f = {.arena = &p->a};
    struct str text = read_all(&p->a, path.p);
    if (!text.p) return false;
    assert_true(theme_json_parse(&p->a, str_c(name), text, 1, &p->v, &f));
    assert_int_equal(f.n, 0);
    return true;
}
#define OPEN(p, name)                                                                              \
    if (!published((p), (name))) skip_because("the shared JSON Schemas are absent")

static const struct theme_json *at(const struct theme_json *v, const char *path) {
    struct str rest = str_c(path), part;
    char key[64];
    while (v && str_split(&rest, '/', &part)) {
        int64_t i;
        snprintf(key, sizeof key, STR_FMT, STR_ARG(part));
        bool index = v->type == THEME_JSON_ARRAY && str_to_int(part, &i);
        v = index ? (i < (int64_t)v->n ? &v->items[i] : NULL) : theme_json_get(v, key);
    }
    return v;
}

static bool lists(const struct theme_json *list, const char *word) {
    for (size_t i = 0; list && i < list->n; i++)
        if (str_eq(list->items[i].text, str_c(word))) return true;
    return false;
}

static void same_words(const char *const *words, const struct theme_json *list) {
    size_t n = 0;
    assert_non_null(list);
    for (; words[n]; n++) assert_true(lists(list, words[n]));
    assert_int_equal(n, list->n);
}

static const char *kind_name(enum theme_kind_of_member kind) {
    static const char *const names[] = {
        [THEME_TEXT] = "string",   [THEME_BOOL] = "boolean", [THEME_INTEGER] = "integer",
        [THEME_NUMBER] = "number", [THEME_LIST] = "array",   [THEME_MAP] = "object"};
    return kind < ARRAY_LEN(names) ? names[kind] : NULL;
}

// A member's description says the type that we ask for, where it says one itself.
static void same_kind(const struct theme_member *m, const struct theme_json *said) {
    struct str type = theme_json_text(said, "type");
    const char *ours = kind_name(m->kind);
    if (type.p && ours) assert_str(type, ours);
    const struct theme_json *min = theme_json_get(said, "minimum");
    if (min) assert_int_equal(min->integer, m->min);
    if (min) assert_int_equal(theme_json_get(said, "maximum")->integer, m->max);
    if (m->words && theme_json_get(said, "enum"))
        same_words(m->words, theme_json_get(said, "enum"));
}

static const struct theme_member *member_of(const struct theme_shape *s, struct str key) {
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(str_c(s->v[i].name), key)) return &s->v[i];
    return NULL;
}

// All members of these descriptions, and no others, are the shape's.
static void same_members(const struct theme_shape *s, const struct theme_json *const *said,
                         size_t n) {
    size_t found = 0;
    for (size_t i = 0; i < s->n; i++) {
        bool any = false;
        for (size_t j = 0; j < n; j++) {
            const struct theme_json *m = theme_json_get(said[j], s->v[i].name);
            if (m) same_kind(&s->v[i], m);
            any = any || m;
        }
        if (!any) print_error("%s: %s is not published\n", s->what, s->v[i].name);
        found += any;
    }
    assert_int_equal(found, s->n);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < said[j]->n; i++) {
            if (str_eq(said[j]->keys[i], S("additionalProperties"))) continue; // a slip of theirs
            if (!member_of(s, said[j]->keys[i]))
                print_error("%s: no " STR_FMT "\n", s->what, STR_ARG(said[j]->keys[i]));
            assert_non_null(member_of(s, said[j]->keys[i]));
        }
}

static void same_required(const struct theme_shape *s, const struct theme_json *required) {
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        n += s->v[i].required;
        if (s->v[i].required) assert_true(lists(required, s->v[i].name));
    }
    assert_int_equal(n, required ? required->n : 0);
}

static void same(const struct theme_shape *s, const struct theme_json *object) {
    const struct theme_json *properties = theme_json_get(object, "properties");
    same_members(s, &properties, 1);
    same_required(s, theme_json_get(object, "required"));
}

static void sections_and_blocks(void **state) {
    (void)state;
    struct published p = {0};
    OPEN(&p, "section.json");
    same(&theme_shape_section, &p.v);
    same(&theme_shape_default, at(&p.v, "properties/default"));
    const struct theme_json *toggle = at(&p.v, "definitions/sectionToggle");
    same(&theme_shape_toggle, toggle);
    same_words(theme_template_words, at(toggle, "properties/templates/items/enum"));
    assert_true(published(&p, "theme_block.json"));
    same(&theme_shape_block, &p.v);
    assert_true(published(&p, "local_block_entry.json"));
    same(&theme_shape_local_block, &p.v);
    assert_true(published(&p, "targetted_block_entry.json"));
    same(&theme_shape_any_block, &p.v);
    arena_done(&p.a);
}

static void presets(void **state) {
    (void)state;
    struct published p = {0};
    OPEN(&p, "preset.json");
    const struct theme_json *of_preset[] = {
        at(&p.v, "definitions/presetBase/properties"),
        at(&p.v, "definitions/presetWithBlocksHash/properties")};
    same_members(&theme_shape_preset, of_preset, 2);
    same_required(&theme_shape_preset, at(&p.v, "definitions/presetBase/required"));
    assert_true(published(&p, "preset_blocks.json"));
    const struct theme_json *of_block[] = {
        at(&p.v, "definitions/commonBlockAttributes/properties"),
        at(&p.v, "definitions/blocksArray/items/properties"),
        at(&p.v, "definitions/blocksHash/additionalProperties/properties")};
    same_members(&theme_shape_preset_block, of_block, 3);
    same_required(&theme_shape_preset_block,
                  at(&p.v, "definitions/commonBlockAttributes/required"));
    arena_done(&p.a);
}

static void settings_of_themes(void **state) {
    (void)state;
    struct published p = {0};
    OPEN(&p, "theme_settings.json");
    same(&theme_shape_info, at(&p.v, "items/anyOf/0"));
    same(&theme_shape_group, at(&p.v, "items/anyOf/1"));
    arena_done(&p.a);
}

static void options(void **state) {
    (void)state;
    struct published p = {0};
    OPEN(&p, "setting.json");
    const struct theme_json *of_option[] = {
        at(&p.v, "definitions/options/items/properties"),
        at(&p.v, "definitions/selectOptions/items/allOf/1/properties")};
    same_members(&theme_shape_option, of_option, 2);
    same_required(&theme_shape_option, at(&p.v, "definitions/options/items/required"));
    same(&theme_shape_number_option, at(&p.v, "definitions/numberOptions/items"));
    same_words(theme_icon_words, at(&p.v, "definitions/settingIcon/enum"));
    arena_done(&p.a);
}

// The definition of a type and those that it takes in by allOf.
struct parts {
    const struct theme_json *v[4];
    size_t n;
};
static struct parts parts_of(const struct theme_json *setting, const char *type) {
    struct parts out = {.n = 1};
    const struct theme_json *definitions = theme_json_get(setting, "definitions");
    out.v[0] = theme_json_get(definitions, type);
    assert_non_null(out.v[0]);
    const struct theme_json *all = theme_json_get(out.v[0], "allOf");
    for (size_t i = 0; all && i < all->n; i++) {
        struct str ref = theme_json_text(&all->items[i], "$ref");
        char name[64];
        snprintf(name, sizeof name, STR_FMT, STR_ARG(str_from(ref, strlen("#/definitions/"))));
        assert_true(out.n < ARRAY_LEN(out.v));
        out.v[out.n] = theme_json_get(definitions, name);
        assert_non_null(out.v[out.n++]);
    }
    return out;
}

static void same_default(const struct theme_setting_type *t, const struct parts *p) {
    struct str type = theme_json_text(at(p->v[0], "properties/default"), "type");
    switch (t->value) {
    case THEME_FITS_BOOL:
        assert_str(type, "boolean");
        break;
    case THEME_FITS_NUMBER:
    case THEME_FITS_RANGE:
        assert_str(type, "number");
        break;
    case THEME_FITS_NONE:
    case THEME_FITS_ONE:
    case THEME_FITS_LIST:
        assert_null(type.p); // anything
        break;
    case THEME_FITS_OBJECT:
        if (type.p) assert_str(type, "object");
        break;
    case THEME_FITS_TEXT:
    case THEME_FITS_RICH:
    case THEME_FITS_COLOR:
    case THEME_FITS_CHOICE:
    case THEME_FITS_ALIGN:
        if (type.p) assert_str(type, "string");
        break;
    }
}

static void same_type(const struct theme_setting_type *t, const struct parts *p) {
    const struct theme_json *own = theme_json_get(p->v[0], "properties");
    size_t allowed = 0;
    for (size_t i = 0; i < theme_setting_member_count; i++) {
        const struct theme_member *m = &theme_setting_members[i];
        bool required = false, ours = t->allowed >> i & 1;
        for (size_t j = 0; j < p->n; j++) {
            const struct theme_json *said =
                theme_json_get(theme_json_get(p->v[j], "properties"), m->name);
            required = required || lists(theme_json_get(p->v[j], "required"), m->name);
            if (ours && said) same_kind(m, said);
        }
        if (ours != (theme_json_get(own, m->name) != NULL) || required != (t->required >> i & 1))
            print_error("%s: %s\n", t->name, m->name);
        assert_int_equal(ours, theme_json_get(own, m->name) != NULL);
        assert_int_equal(required, t->required >> i & 1);
        allowed += ours;
    }
    assert_int_equal(allowed, own->n);
    same_default(t, p);
}

static void types_of_settings(void **state) {
    (void)state;
    struct published p = {0};
    OPEN(&p, "setting.json");
    const struct theme_json *types = at(&p.v, "properties/type/enum");
    assert_int_equal(types->n, theme_setting_type_count);
    for (size_t i = 0; i < theme_setting_type_count; i++) {
        const struct theme_setting_type *t = &theme_setting_types[i];
        assert_true(lists(types, t->name));
        struct parts parts = parts_of(&p.v, t->name);
        same_type(t, &parts);
    }
    arena_done(&p.a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_and_blocks), cmocka_unit_test(presets),
        cmocka_unit_test(settings_of_themes),  cmocka_unit_test(options),
        cmocka_unit_test(types_of_settings),
    };
    return TEST_GROUP(tests);
}
