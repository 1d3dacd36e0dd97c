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
  const replace = (doc, ids) => ids.forEach(id => {
    const from = doc.getElementById(id), to = d.getElementById(id);
    if (from && to) to.replaceWith(from);
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
  d.addEventListener('click', async e => {
    const a = e.target.closest('a[data-swap]');
    if (!a || e.metaKey || e.ctrlKey || e.shiftKey || e.button) return;
    e.preventDefault();
    const opt = a.closest('.opt').getAttribute('aria-labelledby'), text = a.textContent;
    try {
      const { doc } = await page(a.href);
      replace(doc, ['product', 'details']);
      history.replaceState(null, '', a.href);
      all(`[aria-labelledby="${opt}"] a`).find(x => x.textContent === text)?.focus();
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
    if (t.matches('[data-submit]') && t.value !== '') return t.form.requestSubmit();
    if (!t.matches('[data-quote]')) return;
    const f = t.form, id = t.id;
    try {
      const { r, doc } = await page(f.dataset.checkout, { method: 'POST', body: new URLSearchParams(new FormData(f)) });
      if (r.ok) replace(doc, ['delivery', 'summary']);
      d.getElementById(id)?.focus();
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
