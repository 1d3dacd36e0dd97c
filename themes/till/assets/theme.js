// SPDX-License-Identifier: Apache-2.0
// Every page is whole without this. It counts the cart, swaps variants, quotes shipping and adds without leaving.
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
    to.replaceWith(from);
    if (at >= 0) targets(from)[at]?.focus();
  });
  const toast = (text, href, label) => {
    $('.toast')?.remove();
    const t = d.createElement('div'), p = d.createElement('p'), a = d.createElement('a'), b = d.createElement('div');
    t.className = 'toast';
    t.setAttribute('role', 'status');
    p.textContent = text;
    a.href = href;
    a.className = 'btn';
    a.textContent = label;
    b.className = 'btns';
    b.append(a);
    t.append(p, b);
    d.body.append(t);
    setTimeout(() => t.remove(), 8000);
  };
  // A changed quantity or order of a list: the part of the page is fetched anew, the focus stays.
  const live = async t => {
    const f = t.form, get = f.method === 'get', q = new URLSearchParams(new FormData(f));
    const url = get ? f.action + '?' + q : f.action;
    try {
      const { doc } = await page(url, get ? {} : { method: 'POST', body: q });
      if (!doc.getElementById('live')) throw 0;
      replace(doc, ['live']);
      if (get) history.replaceState(null, '', url);
      count();
    } catch { f.submit(); }
  };
  d.addEventListener('click', async e => {
    const a = e.target.closest('a[data-swap]');
    if (!a || e.metaKey || e.ctrlKey || e.shiftKey || e.button) return;
    e.preventDefault();
    try {
      const { doc } = await page(a.href);
      replace(doc, ['product']);
      history.replaceState(null, '', a.href);
    } catch { location.href = a.href; }
  });
  d.addEventListener('submit', async e => {
    const f = e.target;
    if (!f.matches('form[data-add]')) return;
    e.preventDefault();
    const b = $('button', f);
    b.setAttribute('aria-busy', 'true');
    try {
      const { r, doc } = await page(f.action, { method: 'POST', body: new URLSearchParams(new FormData(f)) });
      const note = $('.note', doc);
      if (!r.ok || !note) throw 0;
      count();
      toast(note.textContent.trim(), r.url.split('?')[0], $('h1', doc).textContent);
    } catch { f.submit(); }
    b.removeAttribute('aria-busy');
  });
  d.addEventListener('change', async e => {
    const t = e.target;
    if (t.matches('[data-live]') && t.value !== '') return live(t);
    if (!t.matches('[data-quote]')) return;
    const f = t.form;
    try {
      const { r, doc } = await page(f.dataset.checkout, { method: 'POST', body: new URLSearchParams(new FormData(f)) });
      if (r.ok) replace(doc, ['delivery', 'summary']);
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
