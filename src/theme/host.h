// SPDX-License-Identifier: Apache-2.0
// What a theme needs of the shop round it. The shop fills one struct theme_host at start; `page` is
// the shop's state of one render (theme_page.host_page). Every member must be there. False is a
// failure (database) in err; what does not exist is nil or an absent str.
#pragma once
#include "liquid/liquid.h"

enum theme_money {
    THEME_MONEY,                  // "12,90 €" as the shop writes it
    THEME_MONEY_WITH_CURRENCY,    // "12,90 € EUR"
    THEME_MONEY_WITHOUT_CURRENCY, // "12,90"
    THEME_MONEY_WITHOUT_TRAILING, // "12 €" for whole amounts
};
struct theme_image_size {
    int64_t width, height; // 0: not asked
    struct str crop, format, pad_color;
};
struct theme_form {            // {% form 'product', product, id: 'x', class: 'y' %}
    struct str type;           // "product"
    struct liquid_value about; // its second argument, or nil
    struct liquid_value return_to;
};
struct theme_form_out {
    struct str action; // path to post to; absent: no such form in this shop
    struct str hidden; // HTML of hidden inputs (form_type, csrf ...)
    bool multipart;
    struct liquid_value form; // the object `form`: errors, posted_successfully?, email ...
};
struct theme_host {
    // What a setting's value names, by the setting's type: product, product_list, collection,
    // collection_list, page, blog, article, link_list, image_picker, video, metaobject, url.
    bool (*resource)(void *page, struct str type, struct liquid_value value,
                     struct liquid_value *out, struct err *err);
    void (*money)(void *page, int64_t minor, enum theme_money how, struct buf *out);
    // Address of a picture in a size. input: an image, media, product, variant, article,
    // collection, line item object, or text that names a file. Absent: there is no picture.
    bool (*image_url)(void *page, struct liquid_value input, const struct theme_image_size *s,
                      struct buf *out, struct err *err);
    bool (*image_of)(void *page, struct liquid_value input, struct liquid_value *image_out,
                     struct err *err); // the image object behind such an input, or nil
    bool (*form)(void *page, const struct theme_form *f, struct theme_form_out *out,
                 struct err *err);
    // A list of the page's for {% paginate %}: sets its window from the address, makes `paginate`.
    bool (*paginate)(void *page, struct liquid_value list, int64_t size, int64_t window,
                     struct liquid_value *paginate_out, struct err *err);
    struct str (*local_path)(void *page, struct str path); // "/cart" → "/en/cart"
    struct str (*file_url)(void *page, struct str name);   // uploaded files; absent: none
    struct str (*head)(void *page);                        // content_for_header
    // A word of the platform (not of the theme): "shopify.checkout.general.cart". Absent: unknown.
    struct str (*system_text)(void *page, struct str key);
    // Something went wrong while writing; the page goes on without it.
    void (*problem)(void *page, struct str file, int line, struct str message);
    int (*utc_offset)(void *page, instant t); // seconds east of UTC
    instant (*clock)(void *page); // the time as it is; NULL: pages are bounded by steps alone
};
