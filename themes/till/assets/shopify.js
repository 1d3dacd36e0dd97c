// SPDX-License-Identifier: Apache-2.0
// What scripts of themes expect of the platform, out of this element's data.
(function (d) {
  var w = window, S = (w.Shopify = w.Shopify || {});
  S.shop = d.shop;
  S.locale = d.locale;
  S.country = d.country;
  S.currency = { active: d.currency, rate: '1.0' };
  S.routes = { root: d.root.replace(/\/?$/, '/') };
  S.theme = { id: +d.theme, role: 'main', style: {}, handle: null };
  S.designMode = false;
  S.formatMoney = S.formatMoney || function (cents, format) {
    var at = /\{\{\s*(\w+)\s*\}\}/, form = format || '{{amount}}', n = +String(cents).replace('.', '');
    function write(digits, group, point) {
      var p = (n / 100).toFixed(digits).split('.');
      return p[0].replace(/\B(?=(\d{3})+(?!\d))/g, group) + (p[1] ? point + p[1] : '');
    }
    var kinds = {
      amount: [2, ',', '.'], amount_no_decimals: [0, ',', '.'],
      amount_with_comma_separator: [2, '.', ','], amount_no_decimals_with_comma_separator: [0, '.', ','],
      amount_with_apostrophe_separator: [2, "'", '.'], amount_with_space_separator: [2, ' ', ','],
      amount_with_period_and_space_separator: [2, ' ', '.']
    };
    return form.replace(at, function (all, kind) { return write.apply(null, kinds[kind] || kinds.amount); });
  };
  S.PaymentButton = { init: function () {} };
  S.loadFeatures = S.loadFeatures || function () {};
  S.analytics = { publish: function () {} };
  S.customerPrivacy = { currentVisitorConsent: function () { return {}; } };
})(document.currentScript.dataset);
