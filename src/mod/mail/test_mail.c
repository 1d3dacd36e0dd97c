// SPDX-License-Identifier: Apache-2.0
#include "mod/mail/test_mail.h"

#include <gmime/gmime.h>

struct reading {
    struct arena *a;
    struct read_mail *out;
};

static struct str content(struct arena *a, GMimePart *part) {
    GMimeStream *mem = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(part), mem);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
    struct str s = arena_str(a, (struct str){(const char *)bytes->data, bytes->len});
    g_object_unref(mem);
    return s;
}

static struct str with_lf(struct arena *a, const char *text) {
    struct buf b = buf_new(a, 0);
    for (; *text; text++)
        if (text[0] != '\r' || text[1] != '\n') buf_char(&b, *text);
    return buf_str(&b);
}

static void each(GMimeObject *parent, GMimeObject *object, void *self) {
    struct reading *r = self;
    (void)parent;
    if (!GMIME_IS_PART(object)) return;
    GMimeContentType *type = g_mime_object_get_content_type(object);
    r->out->parts++;
    if (GMIME_IS_TEXT_PART(object)) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
        struct str s = with_lf(r->a, text);
        if (g_mime_content_type_is_type(type, "text", "html"))
            r->out->html = s;
        else
            r->out->text = s;
        g_free(text);
    } else if (g_mime_content_type_is_type(type, "image", "png")) {
        r->out->png = content(r->a, GMIME_PART(object));
    }
}

static struct str addresses(struct arena *a, InternetAddressList *list) {
    char *text = internet_address_list_to_string(list, NULL, FALSE);
    struct str s = arena_str(a, str_c(text ? text : ""));
    g_free(text);
    return s;
}

static struct str header(struct arena *a, GMimeMessage *m, const char *name) {
    GMimeHeader *h =
        g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(m)), name);
    return h ? arena_str(a, str_c(g_mime_header_get_value(h))) : (struct str){0};
}

void mail_read(struct arena *a, struct str message, struct read_mail *out) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(message.p, message.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
    assert_non_null(m);
    *out = (struct read_mail){.from = addresses(a, g_mime_message_get_from(m)),
                              .to = addresses(a, g_mime_message_get_to(m)),
                              .subject = header(a, m, "Subject"),
                              .date = header(a, m, "Date"),
                              .message_id = header(a, m, "Message-Id"),
                              .bcc = header(a, m, "Bcc")};
    g_mime_message_foreach(m, each, &(struct reading){a, out});
    g_object_unref(m);
    g_object_unref(parser);
    g_object_unref(stream);
}
