// SPDX-License-Identifier: Apache-2.0
#include "core/core_module.h"

#include "core/audit.h"
#include "core/check.h"
#include "core/i18n.h"
#include "core/tx.h"
#include "core_sql.h"
#include "http/form.h"

#define JOB_KEPT  (7 * DAY)
#define BUMP_KEPT MINUTE

static bool zone_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "form.zone";
    return zone_valid(value);
}

static bool currency_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    struct currency cur;
    *why_key_out = "form.currency";
    return currency_parse(value, &cur);
}

static bool languages_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    struct str part;
    enum lang l;
    *why_key_out = "form.languages";
    while (str_split(&value, ',', &part))
        if (str_trim(part).n != 2 || !lang_parse(str_trim(part), &l)) return false;
    return true;
}

static bool name_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "form.required";
    return str_trim(value).n > 0;
}

static bool email_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "form.email";
    return email_valid(value);
}

// A country's two letters and 2 to 12 letters or digits, as Directive 2006/112/EC art. 215 and the
// VIES write it.
static bool vat_id_ok(struct arena *a, struct str value, const char **why_key_out) {
    (void)a;
    *why_key_out = "form.vat_id";
    if (!value.n) return true;
    if (value.n < 4 || value.n > 14) return false;
    for (size_t i = 0; i < value.n; i++) {
        char ch = value.p[i];
        bool letter = (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
        if (!letter && (i < 2 || ch < '0' || ch > '9')) return false;
    }
    return true;
}

static const struct permission perms[] = {
    {"core.owner", "Inhaber: alles, auch Personal und Löschen",
     "Owner: everything, staff and deletion included"},
    {"core.settings", "Einstellungen ändern", "Change settings"},
    {"core.jobs", "Aufgaben im Hintergrund sehen und neu starten",
     "See and restart background jobs"},
    {"core.audit", "Protokoll der Änderungen lesen", "Read the audit trail"},
    {0},
};

// Countries whose tax rates module tax knows.
static const char *const countries[] = {"DE", "AT", NULL};

static const struct setting settings[] = {
    {"shop.name", SETTING_TEXT, "Kontor", .perm = "core.settings", .de = "Name des Shops",
     .en = "Name of the shop", .valid = name_ok},
    {"shop.description.de", SETTING_MULTILINE, "", .perm = "core.settings",
     .de = "Was der Shop ist (deutsch)", .en = "What the shop is (German)",
     .help_de = "Ein, zwei Sätze: für Suchmaschinen und dort, wo ein Thema sie zeigt.",
     .help_en = "A sentence or two: for search engines and where a theme shows them."},
    {"shop.description.en", SETTING_MULTILINE, "", .perm = "core.settings",
     .de = "Was der Shop ist (englisch)", .en = "What the shop is (English)"},
    {"shop.currency", SETTING_TEXT, "EUR", .perm = "core.settings", .de = "Währung",
     .en = "Currency",
     .help_de = "ISO 4217, zum Beispiel EUR. Steht fest, sobald es Preise oder Bestellungen gibt.",
     .help_en = "ISO 4217, for example EUR. Fixed as soon as there are prices or orders.",
     .valid = currency_ok},
    {"shop.zone", SETTING_TEXT, "Europe/Berlin", .perm = "core.settings", .de = "Zeitzone",
     .en = "Time zone", .valid = zone_ok},
    {"shop.languages", SETTING_TEXT, "de,en", .perm = "core.settings", .de = "Sprachen",
     .en = "Languages",
     .help_de = "Mit Komma getrennt; die erste steht ohne Vorsatz in der Adresse.",
     .help_en = "Separated by commas; the first has no prefix in addresses.",
     .valid = languages_ok},
    {"shop.base_url", SETTING_TEXT, "", .perm = "core.settings", .de = "Adresse im Netz",
     .en = "Address on the web"},
    {"shop.email", SETTING_TEXT, "", .perm = "core.settings", .de = "E-Mail", .en = "Email",
     .valid = email_ok},
    {"shop.phone", SETTING_TEXT, "", .perm = "core.settings", .de = "Telefon", .en = "Phone"},
    {"shop.owner", SETTING_TEXT, "", .perm = "core.settings", .de = "Inhaber oder Firma",
     .en = "Owner or company"},
    {"shop.street", SETTING_TEXT, "", .perm = "core.settings", .de = "Straße und Hausnummer",
     .en = "Street and number"},
    {"shop.postcode", SETTING_TEXT, "", .perm = "core.settings", .de = "Postleitzahl",
     .en = "Postcode"},
    {"shop.city", SETTING_TEXT, "", .perm = "core.settings", .de = "Ort", .en = "City"},
    {"shop.country", SETTING_CHOICE, "DE", .perm = "core.settings", .choices = countries,
     .de = "Land des Shops (seine Steuersätze gelten)",
     .en = "Country of the shop (its tax rates hold)"},
    {"shop.vat_id", SETTING_TEXT, "", .perm = "core.settings",
     .de = "Umsatzsteuer-Identifikationsnummer", .en = "VAT identification number",
     .valid = vat_id_ok},
    {"shop.register", SETTING_TEXT, "", .perm = "core.settings", .de = "Handelsregister",
     .en = "Trade register",
     .help_de = "Gericht und Nummer, zum Beispiel Amtsgericht Hamburg, HRB 12345.",
     .help_en = "Court and number, for example Amtsgericht Hamburg, HRB 12345."},
    {0},
};

static bool clean(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return core_session_expire(&c->db, &(struct core_session_expire_in){.now = c->now}) &&
           core_job_clean(&c->db, &(struct core_job_clean_in){.before = c->now - JOB_KEPT}) &&
           core_bump_clean(&c->db, &(struct core_bump_clean_in){.before = c->now - BUMP_KEPT});
}

static enum job_result clean_job(struct ctx *c, const struct json *payload) {
    (void)payload;
    return tx_run(c, clean, NULL) ? JOB_DONE : JOB_RETRY;
}

static const struct job_kind jobs[] = {
    {"core.seal_audit", audit_seal_job, .every_s = 120},
    {"core.clean", clean_job, .every_s = 300},
    {0},
};

static const struct check checks[] = {
    {.name = "core.audit_chain",
     .says = "The audit trail was changed after it was sealed. Compare with a backup and find out "
             "who has access.",
     .run = audit_chain_check},
    {0},
};

static bool healthz(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    struct core_alive alive;
    bool found;
    TRY(core_alive(&c->db, &alive, &found));
    response_type(rs, "text/plain; charset=utf-8");
    buf_put(&rs->body, S("ok\n"));
    return true;
}

static const struct route routes[] = {
    {HTTP_GET, "/healthz", healthz, .perm = PERM_PUBLIC, .limit = LIMIT_NONE},
    {0},
};

const struct module core_module = {
    .name = "core",
    .queries = core_sql_queries,
    .query_count = &core_sql_query_count,
    .perms = perms,
    .settings = settings,
    .jobs = jobs,
    .routes = routes,
    .checks = checks,
};
