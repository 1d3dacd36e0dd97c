// SPDX-License-Identifier: Apache-2.0
#include "main/modules.h"

#include "api/hooks/hooks.h"
#include "desk/desk.h"
#include "flow/flow.h"
#include "mod/cart/cart.h"
#include "mod/catalog/catalog.h"
#include "mod/contact/newsletter.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/mail/mail.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/payment/bank.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/staff/staff.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"
#include "mod/themes/themes.h"
#include "port/pay_stripe.h"
#include "shop/shop.h"

static const struct module *const all[] = {
    &media_module,    &catalog_module, &price_module,   &tax_module,     &stock_module,
    &customer_module, &cart_module,    &order_module,   &payment_module, &shipping_module,
    &mail_module,     &content_module, &contact_module, &staff_module,   &themes_module,
    &stripe_port,     &flow_module,    &shop_face,      &hooks_module,   &desk_module,
};

struct module_table modules_all(void) {
    return (struct module_table){all, ARRAY_LEN(all)};
}

const struct payment_method *const modules_payment_methods[] = {&payment_bank_transfer,
                                                                &payment_stripe, NULL};

static void error_page(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    if (str_starts(rq->path, S("/desk")))
        desk_error_page(c, rq, rs, status);
    else
        shop_error_page(c, rq, rs, status);
}

const struct app_hooks modules_hooks = {.error_page = error_page, .load_staff = staff_load};
