// SPDX-License-Identifier: Apache-2.0
// Every page is whole without this. It counts the cart and quotes shipping.
(() => {
  const d = document, root = d.documentElement;
  root.classList.add('js');
  const $ = (s, e = d) => e.querySelector(s), all = (s, e = d) => [...e.querySelectorAll(s)];
  const count = () => {
    const n = +((d.cookie.match(/(?:^|; )cart_n=(\d+)/) || [])[1] || 0);
    all('[data-cart]').forEach(a => {
      const c = $('.count', a);
      c.hidden = !n;
      c.textContent = n > 99 ? '99+' : n;
      a.setAttribute('aria-label', a.dataset.cart + (n ? ': ' + n : ''));
    });
  };
  const page = async (url, options) => {
    const r = await fetch(url, options);
    return { r, doc: new DOMParser().parseFromString(await r.text(), 'text/html') };
  };
  // The focus stays on the element at the same place.
  const targets = e => all('a[href],button,input:not([type=hidden]),select,summary', e);
  const replace = (doc, ids) => ids.forEach(id => {
    const from = doc.getElementById(id), to = d.getElementById(id);
    if (!from || !to) return;
    const at = targets(to).indexOf(d.activeElement);
    from.open = to.open;
    to.replaceWith(from);
    if (at >= 0) targets(from)[at]?.focus();
  });
  d.addEventListener('change', async e => {
    const t = e.target;
    if (!t.matches('[data-quote]')) return;
    const f = t.form;
    try {
      const { r, doc } = await page(f.dataset.checkout, { method: 'POST', body: new URLSearchParams(new FormData(f)) });
      if (r.ok) replace(doc, ['delivery', 'peek', 'summary']);
    } catch { /* the button is checked by the server anyway */ }
  });
  d.addEventListener('keydown', e => {
    const m = $('details.menu[open]');
    if (e.key === 'Escape' && m) { m.open = false; $('summary', m).focus(); }
  });
  count();
  addEventListener('pageshow', count);
  $('[data-focus]')?.focus();
})();
