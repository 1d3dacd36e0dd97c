// SPDX-License-Identifier: Apache-2.0
#include "mod/mail/compose.h"

#include <gmime/gmime.h>

#include "http/form.h"
#include "http/token.h"

static GMimeObject *text_part(const char *subtype, struct str body) {
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(body.p ? body.p : "", body.n);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_object_unref(content);
    g_object_unref(stream);
    return GMIME_OBJECT(part);
}

static GMimeObject *file_part(struct arena *a, const struct mail_attachment *f) {
    GMimeContentType *type = g_mime_content_type_parse(NULL, arena_cstr(a, f->type));
    GMimePart *part = g_mime_part_new_with_type(g_mime_content_type_get_media_type(type),
                                                g_mime_content_type_get_media_subtype(type));
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(f->bytes.p, f->bytes.n);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_part_set_filename(part, arena_cstr(a, f->filename));
    if (f->content_id.p) {
        g_mime_part_set_content_id(part, arena_cstr(a, f->content_id));
        g_mime_object_set_disposition(GMIME_OBJECT(part), "inline");
    }
    g_object_unref(content);
    g_object_unref(stream);
    g_object_unref(type);
    return GMIME_OBJECT(part);
}

static void add(GMimeMultipart *m, GMimeObject *part) {
    g_mime_multipart_add(m, part);
    g_object_unref(part);
}

static GMimeMultipart *multipart(struct arena *a, const struct mail_parts *p, const char *kind) {
    GMimeMultipart *m = g_mime_multipart_new_with_subtype(kind);
    g_mime_multipart_set_boundary(
        m,
        arena_fmt(a, "%.3s-" STR_FMT, kind, STR_ARG(str_sub(token_hash(a, p->message_id), 0, 32)))
            .p);
    return m;
}

// Puts the attachments of one sort beside content, in a multipart of that kind; content alone when
// there are none.
static GMimeObject *beside(struct arena *a, const struct mail_parts *p, const char *kind,
                           bool inlined, GMimeObject *content) {
    GMimeMultipart *m = NULL;
    for (size_t i = 0; i < p->attachment_count; i++) {
        if ((p->attachments[i].content_id.p != NULL) != inlined) continue;
        if (!m) add(m = multipart(a, p, kind), content);
        add(m, file_part(a, &p->attachments[i]));
    }
    return m ? GMIME_OBJECT(m) : content;
}

static GMimeObject *body_of(struct arena *a, const struct mail_parts *p) {
    GMimeMultipart *both = multipart(a, p, "alternative");
    add(both, text_part("plain", p->text));
    add(both, beside(a, p, "related", true, text_part("html", p->html)));
    return beside(a, p, "mixed", false, GMIME_OBJECT(both));
}

static struct str bytes_of(struct arena *a, GMimeMessage *m) {
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    char *text = g_mime_object_to_string(GMIME_OBJECT(m), format);
    struct str out = arena_str(a, str_c(text));
    g_free(text);
    g_mime_format_options_free(format);
    return out;
}

bool mail_compose(struct arena *a, const struct mail_parts *p, struct str *message_out,
                  struct err *err) {
    if (!email_valid(p->from))
        return err_set(err, ERR_INVALID, "The shop's e-mail address is missing or wrong.");
    if (!email_valid(p->to))
        return err_set(err, ERR_INVALID, "The recipient's e-mail address is wrong.");
    if (p->reply_to.n && !email_valid(p->reply_to))
        return err_set(err, ERR_INVALID, "The e-mail address for answers is wrong.");
    GMimeMessage *m = g_mime_message_new(TRUE);
    g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_FROM, arena_cstr(a, p->from_name),
                               arena_cstr(a, p->from));
    g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_TO, NULL, arena_cstr(a, p->to));
    if (p->reply_to.n)
        g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_REPLY_TO, NULL,
                                   arena_cstr(a, p->reply_to));
    g_mime_message_set_subject(m, arena_cstr(a, str_trim(p->subject)), "utf-8");
    g_mime_message_set_message_id(m, arena_cstr(a, p->message_id));
    GDateTime *date = g_date_time_new_from_unix_utc(p->date / SECOND);
    g_mime_message_set_date(m, date);
    g_date_time_unref(date);
    g_mime_object_set_header(GMIME_OBJECT(m), "Auto-Submitted", "auto-generated", "utf-8");
    GMimeObject *body = body_of(a, p);
    g_mime_message_set_mime_part(m, body);
    g_object_unref(body);
    *message_out = bytes_of(a, m);
    g_object_unref(m);
    return true;
}
