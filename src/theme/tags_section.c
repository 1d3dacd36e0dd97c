// SPDX-License-Identifier: Apache-2.0
// section, sections, content_for.
#include "theme/stage.h"

bool theme_tag_section(struct liquid_call *c, struct err *err) {
    struct str name = liquid_str(liquid_arg(&c->args, 0));
    const struct theme_section_file *f = map_get(&theme_page_of(c)->theme->sections, name);
    if (!f) return err_set(err, ERR_INVALID, "Could not find section '" STR_FMT "'", STR_ARG(name));
    return theme_put_section(c, &f->standard, err);
}

bool theme_tag_sections(struct liquid_call *c, struct err *err) {
    struct str name = liquid_str(liquid_arg(&c->args, 0));
    const struct theme_sections *group = map_get(&theme_page_of(c)->theme->groups, name);
    if (!group)
        return err_set(err, ERR_INVALID, "Could not find section group '" STR_FMT "'",
                       STR_ARG(name));
    return theme_put_sections(c, group, err);
}

// What {% content_for 'block', ... %} gives beside type and id: variables of the block, and
// closest.<resource>.
static struct liquid_map *take_args(struct liquid_call *c, const struct theme_closest **closest) {
    struct liquid_map *locals = NULL;
    for (size_t i = 0; i < c->args.named_n; i++) {
        struct str name = c->args.names[i];
        if (str_starts(name, S("closest."))) {
            struct theme_closest *n = ARENA_NEW(c->arena, struct theme_closest);
            *n = (struct theme_closest){str_from(name, 8), c->args.named[i], *closest};
            *closest = n;
        } else if (!str_eq(name, S("type")) && !str_eq(name, S("id"))) {
            if (!locals) locals = liquid_map_new(c->arena);
            liquid_set_str(locals, name, c->args.named[i]);
        }
    }
    return locals;
}

static bool put_blocks(struct liquid_call *c, struct liquid_map *locals, struct err *err) {
    const struct theme_block *of = theme_state_of(c)->place;
    for (size_t i = 0; of && i < of->n; i++)
        TRY(theme_put_block(c, &of->blocks[i], of->blocks[i].id, locals, err));
    return true;
}

static bool put_static(struct liquid_call *c, struct liquid_map *locals, struct err *err) {
    const struct theme_block *of = theme_state_of(c)->place;
    struct str type = liquid_str(liquid_named(&c->args, "type"));
    struct str id = liquid_to_str(c->arena, liquid_named(&c->args, "id"));
    const struct theme_block_file *f = map_get(&theme_page_of(c)->theme->blocks, type);
    if (!f) return err_set(err, ERR_INVALID, "Could not find block '" STR_FMT "'", STR_ARG(type));
    const struct theme_block *b = of ? map_get(&of->statics, id) : NULL;
    if (b && b->file == f) return theme_put_block(c, b, b->id, locals, err);
    if (of) id = arena_fmt(c->arena, STR_FMT "__" STR_FMT, STR_ARG(of->id), STR_ARG(id));
    return theme_put_block(c, &f->standard, id, locals, err);
}

bool theme_tag_content_for(struct liquid_call *c, struct err *err) {
    struct theme_state *st = theme_state_of(c);
    const struct theme_closest *outer = st->closest, *closest = outer;
    struct str what = liquid_str(liquid_arg(&c->args, 0));
    bool one = str_eq(what, S("block"));
    if (!one && !str_eq(what, S("blocks")))
        return err_set(err, ERR_INVALID,
                       "'content_for' requires a first argument of 'blocks' or 'block'");
    struct liquid_map *locals = take_args(c, &closest);
    st->closest = closest;
    bool ok = one ? put_static(c, locals, err) : put_blocks(c, locals, err);
    st->closest = outer;
    return ok;
}
