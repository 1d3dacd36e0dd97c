// SPDX-License-Identifier: Apache-2.0
// Videos, models and what else stands among pictures (objects media, video, external_video, model).
#include "theme/filter_private.h"

static struct theme_image_size poster_size(struct liquid_call *c) {
    struct theme_image_size size = {0};
    size_name(call_named(c, "image_size"), &size);
    return size;
}

static bool poster(struct liquid_call *c, struct liquid_value media, struct str *out,
                   struct err *err) {
    struct theme_image_size size = poster_size(c);
    struct liquid_value image;
    *out = (struct str){0};
    TRY(value_get(c->arena, media, "preview_image", &image, err));
    return image.type == LIQUID_NIL || image_address(c, image, &size, out, err);
}

static bool put_sources(struct buf *b, struct liquid_call *c, struct liquid_value media,
                        struct err *err) {
    struct liquid_value sources, each;
    struct str url, type;
    int64_t n;
    TRY(value_get(c->arena, media, "sources", &sources, err));
    TRY(value_count_of(c->arena, sources, &n, err));
    for (int64_t i = 0; i < n; i++) {
        TRY(value_at(c->arena, sources, i, &each, err));
        TRY(value_text(c->arena, each, "url", &url, err));
        TRY(value_text(c->arena, each, "mime_type", &type, err));
        buf_put(b, S("<source"));
        put_attr(b, "src", url);
        put_attr(b, "type", type);
        buf_char(b, '>');
    }
    return true;
}

static const char *const media_own[] = {"image_size", "poster", "aria-label", NULL};
FILTER(video_tag) {
    struct str alt, still;
    struct liquid_value sources;
    TRY(value_get(c->arena, c->input, "sources", &sources, err));
    if (sources.type == LIQUID_NIL) return give_text(out, S(""));
    TRY(value_text(c->arena, c->input, "alt", &alt, err));
    TRY(poster(c, c->input, &still, err));
    struct buf b = call_buf(c);
    buf_put(&b, S("<video playsinline=\"playsinline\""));
    put_named_attrs(&b, c, media_own);
    if (!liquid_has_named(&c->args, "preload")) put_attr(&b, "preload", S("metadata"));
    put_attr(&b, "aria-label", alt);
    put_attr(&b, "poster", still);
    buf_char(&b, '>');
    TRY(put_sources(&b, c, c->input, err));
    if (still.p) {
        buf_put(&b, S("<img"));
        put_attr(&b, "src", still);
        put_attr(&b, "alt", alt.p ? alt : S(""));
        buf_char(&b, '>');
    }
    buf_put(&b, S("</video>"));
    return give_html(out, &b);
}

FILTER(model_viewer_tag) {
    struct str alt, still, url;
    struct liquid_value sources, first;
    TRY(value_get(c->arena, c->input, "sources", &sources, err));
    TRY(value_at(c->arena, sources, 0, &first, err));
    TRY(value_text(c->arena, first, "url", &url, err));
    if (!url.p) return give_text(out, S(""));
    TRY(value_text(c->arena, c->input, "alt", &alt, err));
    TRY(poster(c, c->input, &still, err));
    struct buf b = call_buf(c);
    static const char *const own[] = {"image_size", NULL};
    buf_put(&b, S("<model-viewer"));
    put_attr(&b, "src", url);
    put_attr(&b, "alt", alt.p ? alt : S(""));
    if (!liquid_has_named(&c->args, "camera-controls")) put_attr(&b, "camera-controls", S("true"));
    put_attr(&b, "poster", still);
    put_named_attrs(&b, c, own);
    buf_put(&b, S("></model-viewer>"));
    return give_html(out, &b);
}

// The host that sets no cookies before playing; parameters are those given, in order.
FILTER(external_video_url) {
    struct str id, host;
    TRY(value_text(c->arena, c->input, "external_id", &id, err));
    TRY(value_text(c->arena, c->input, "host", &host, err));
    if (!id.p) return give_text(out, S(""));
    struct buf b = call_buf(c);
    bool vimeo = str_eq(host, S("vimeo"));
    buf_put(&b, vimeo ? S("https://player.vimeo.com/video/")
                      : S("https://www.youtube-nocookie.com/embed/"));
    buf_url(&b, id);
    buf_put(&b, vimeo ? S("?dnt=1") : S("?playsinline=1&rel=0"));
    for (size_t i = 0; i < c->args.named_n; i++) {
        if (!attr_name_ok(c->args.names[i])) continue;
        buf_char(&b, '&');
        buf_put(&b, c->args.names[i]);
        buf_char(&b, '=');
        buf_url(&b, liquid_to_str(c->arena, c->args.named[i]));
    }
    *out = image_marked(c->arena, buf_str(&b), c->input);
    return true;
}

FILTER(external_video_tag) {
    struct liquid_value url = c->input;
    struct str title = {0};
    if (!liquid_is_text(url)) TRY(theme_filter_external_video_url(c, &url, err));
    if (!url.n) return give_text(out, S(""));
    const struct image_mark *m = image_mark_of(url);
    if (m) TRY(value_text(c->arena, m->image, "alt", &title, err));
    struct buf b = call_buf(c);
    buf_put(&b, S("<iframe frameborder=\"0\" allow=\"accelerometer; autoplay; encrypted-media; "
                  "gyroscope; picture-in-picture\" allowfullscreen=\"allowfullscreen\""));
    put_attr(&b, "src", liquid_str(url));
    if (!liquid_has_named(&c->args, "title"))
        put_attr(&b, "title", title.p ? title : words(c, "Video", "Video"));
    put_named_attrs(&b, c, NULL);
    buf_put(&b, S("></iframe>"));
    return give_html(out, &b);
}

static bool media_image(struct liquid_call *c, struct liquid_value *out, struct err *err) {
    struct theme_image_size size = poster_size(c);
    struct str url, alt, class_name = call_named(c, "class");
    TRY(image_address(c, c->input, &size, &url, err));
    if (!url.p) return give_text(out, S(""));
    TRY(value_text(c->arena, c->input, "alt", &alt, err));
    struct buf b = call_buf(c);
    static const char *const own[] = {"image_size", "class", "alt", NULL};
    buf_put(&b, S("<img"));
    put_attr(&b, "src", url);
    put_attr(&b, "alt", alt.p ? alt : S(""));
    put_attr(&b, "class", class_name);
    put_named_attrs(&b, c, own);
    buf_char(&b, '>');
    return give_html(out, &b);
}

FILTER(media_tag) {
    struct str type;
    TRY(value_text(c->arena, c->input, "media_type", &type, err));
    if (str_eq(type, S("video"))) return theme_filter_video_tag(c, out, err);
    if (str_eq(type, S("external_video"))) return theme_filter_external_video_tag(c, out, err);
    if (str_eq(type, S("model"))) return theme_filter_model_viewer_tag(c, out, err);
    return media_image(c, out, err);
}
