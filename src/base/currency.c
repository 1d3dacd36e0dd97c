// SPDX-License-Identifier: Apache-2.0
// The currencies in use, by ISO 4217 (amendment 176). Funds, metals and testing codes are left out.
#include "base/money.h"

static const char two_digits[] =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
    "QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP "
    "TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG BGN";
static const char no_digits[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
static const char three_digits[] = "BHD IQD JOD KWD LYD OMR TND";

static const struct {
    struct str codes;
    int digits;
} tables[] = {{S_INIT(two_digits), 2}, {S_INIT(no_digits), 0}, {S_INIT(three_digits), 3}};

static int digits_of(struct str code) {
    if (code.n != 3 || str_find_char(code, ' ') != STR_NONE) return -1;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (size_t at = 0; at < tables[i].codes.n; at += 4)
            if (memcmp(tables[i].codes.p + at, code.p, 3) == 0) return tables[i].digits;
    }
    return -1;
}

bool currency_parse(struct str code, struct currency *out) {
    if (digits_of(code) < 0) return false;
    *out = (struct currency){{code.p[0], code.p[1], code.p[2], '\0'}};
    return true;
}

int currency_digits(struct currency cur) {
    int digits = digits_of(currency_str(&cur));
    ensure(digits >= 0);
    return digits;
}
