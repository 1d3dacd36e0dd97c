// SPDX-License-Identifier: Apache-2.0
// What every page gains from a script: search and cart open over the page, menus close by Escape,
// the number in the cart, choices of consent. Each page is complete without.
(() => {
  const d = document, root = d.documentElement, set = d.body.dataset;
  const $ = (s, e = d) => e.querySelector(s), all = (s, e = d) => [...e.querySelectorAll(s)];
  root.classList.add('js');

  // The number comes from a cookie of the shop's, so that pages are the same for everyone.
  const count = () => {
    const n = +(d.cookie.match(/(?:^|; )cart_n=(\d+)/)?.[1] || 0);
    for (const c of all('[data-cart-count]')) {
      c.hidden = !n;
      c.textContent = n > 99 ? '99+' : n;
    }
    for (const a of all('[data-cart-link]'))
      a.setAttribute('aria-label', a.dataset.cartLink + (n ? ': ' + n : ''));
  };

  const section = async (url, id, signal) => {
    const u = new URL(url, location.href);
    u.searchParams.set('section_id', id);
    const r = await fetch(u, { signal });
    if (!r.ok) throw new Error(r.status);
    return r.text();
  };
  // New content in an element; the focus stays on what has the same id, and what was told stays too.
  const put = (box, html) => {
    const at = box.contains(d.activeElement) && d.activeElement.id;
    const t = d.createElement('template');
    t.innerHTML = html;
    const live = $('[data-live]', box), parts = t.content.firstElementChild?.childNodes || [];
    box.replaceChildren(...(live ? [live] : []), ...parts);
    if (at) (d.getElementById(at) || $('button, a', box))?.focus({ preventScroll: true });
  };

  // ---- dialogs
  const open = box => {
    if (!box.open) box.showModal();
    if (box.id === 'cart') fill(box);
  };
  let filled = 0;
  const fill = async box => {
    if (box.dataset.module) import(box.dataset.module);
    const turn = ++filled;
    box.setAttribute('aria-busy', 'true');
    try {
      const html = await section(set.root, box.dataset.section);
      if (turn === filled) put(box, html);
    } catch {
      location.href = set.cartUrl;
    }
    box.removeAttribute('aria-busy');
  };
  d.addEventListener('click', e => {
    const opener = e.target.closest('[data-open]'), box = opener && d.getElementById(opener.dataset.open);
    if (box && !(e.metaKey || e.ctrlKey || e.shiftKey || e.altKey)) {
      e.preventDefault();
      open(box);
      return;
    }
    const dialog = e.target.closest('dialog');
    if (dialog && (e.target === dialog || e.target.closest('[data-close]'))) dialog.close();
    for (const m of all('details[data-menu][open]')) if (!m.contains(e.target)) m.open = false;
  });
  d.addEventListener('keydown', e => {
    const m = e.key === 'Escape' && $('details[data-menu][open]');
    if (!m) return;
    m.open = false;
    $('summary', m).focus();
  });

  // ---- into the cart
  const cart = $('dialog#cart');
  const refuse = (form, text) => {
    let p = $('[data-refusal]', form);
    if (!p) {
      p = d.createElement('p');
      p.className = 'field__error';
      p.dataset.refusal = '';
      p.setAttribute('role', 'alert');
      form.append(p);
    }
    p.textContent = text || set.error;
  };
  if (cart) {
    d.addEventListener('submit', async e => {
      const f = e.target, add = set.addUrl;
      if (new URL(f.action, location.href).pathname !== new URL(add, location.href).pathname) return;
      e.preventDefault();
      const b = e.submitter || $('[type=submit]', f), body = new FormData(f);
      if (b?.getAttribute('aria-busy')) return;
      body.set('sections', cart.dataset.section);
      b?.setAttribute('aria-busy', 'true');
      try {
        const r = await fetch(add + '.js', { method: 'POST', body, headers: { Accept: 'application/json' } });
        const answer = await r.json();
        if (r.ok) {
          $('[data-refusal]', f)?.remove();
          count();
          if (cart.dataset.module) import(cart.dataset.module);
          const html = answer.sections?.[cart.dataset.section];
          if (html) put(cart, html);
          if (!cart.open) cart.showModal();
          if (!html) fill(cart);
        } else refuse(f, answer.description);
      } catch {
        f.submit();
      }
      b?.removeAttribute('aria-busy');
    });
    cart.addEventListener('cart:changed', async () => {
      await fill(cart);
      $('[data-live]', cart).textContent = all('.total, .empty p', cart).map(e => e.textContent).join(' ');
    });
  }
  d.addEventListener('cart:changed', count);
  addEventListener('pageshow', count);
  count();

  // ---- suggestions while typing
  const search = $('dialog#search');
  if (search) {
    const field = $('input', search), results = $('.search__results', search);
    let later, wait;
    const ask = async () => {
      const q = field.value.trim();
      wait?.abort();
      wait = new AbortController();
      if (q.length < 2) return results.replaceChildren();
      const u = new URL(set.searchUrl, location.href);
      u.searchParams.set('q', q);
      u.searchParams.set('resources[limit]', 6);
      u.searchParams.set('resources[options][fields]', 'title,product_type,variants.title,vendor,tag');
      try {
        put(results, await section(u, search.dataset.section, wait.signal));
      } catch (x) {
        if (x.name !== 'AbortError') results.replaceChildren();
      }
    };
    field.addEventListener('input', () => {
      clearTimeout(later);
      later = setTimeout(ask, 180);
    });
    search.addEventListener('keydown', e => {
      if (e.key === 'Escape') search.close();
      const way = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (!way) return;
      const stops = [field, ...all('a', results)], to = stops[stops.indexOf(d.activeElement) + way];
      if (!to) return;
      e.preventDefault();
      to.focus();
    });
  }

  // ---- a head over the first picture gets its ground when the page moves
  const head = $('.header--over');
  if (head) {
    const mark = d.createElement('i');
    mark.className = 'header-mark';
    head.closest('.section-header').before(mark);
    new IntersectionObserver(([x]) => head.classList.toggle('is-stuck', !x.isIntersecting)).observe(mark);
  }

  // ---- videos of other services: nothing is asked of them before the click
  const embed = (b, play) => {
    const frame = d.createElement('iframe');
    frame.src = b.dataset.embed + (play ? '?autoplay=1' : '');
    frame.title = b.dataset.title || '';
    frame.allow = 'autoplay; fullscreen; picture-in-picture';
    frame.allowFullscreen = true;
    b.closest('.media').replaceChildren(frame);
    if (play) frame.focus();
  };
  d.addEventListener('click', e => {
    const b = e.target.closest('[data-embed]');
    if (b) embed(b, true);
  });

  // ---- consent: one cookie of the shop's, "statistics.marketing" = what was allowed
  const box = $('#consent');
  if (box) {
    const form = $('form', box), purposes = all('input[type=checkbox]', form);
    const read = () => d.cookie.match(/(?:^|; )consent=([^;]*)/)?.[1]?.split('.');
    const apply = given => {
      for (const s of all('script[type="text/plain"][data-consent]')) {
        if (!given.includes(s.dataset.consent)) continue;
        const live = d.createElement('script');
        live.src = s.dataset.src;
        s.replaceWith(live);
      }
      if (given.includes('media')) all('[data-embed]').forEach(b => embed(b));
      d.dispatchEvent(new CustomEvent('consent:changed', { detail: given }));
    };
    const show = on => {
      box.hidden = !on;
      root.classList.toggle('asks-consent', on);
    };
    const given = read();
    if (given) apply(given);
    else show(true);
    let from;
    // No choice is no consent; it is asked again on the next page.
    box.addEventListener('keydown', e => {
      if (e.key !== 'Escape') return;
      show(false);
      from?.focus();
    });
    form.addEventListener('submit', e => {
      e.preventDefault();
      const how = e.submitter?.value;
      for (const p of purposes) p.checked = how === 'all' || (how !== 'none' && p.checked);
      const now = purposes.filter(p => p.checked).map(p => p.name), before = read() || [];
      const secure = location.protocol === 'https:' ? '; Secure' : '';
      d.cookie = `consent=${['1', ...now].join('.')}; Path=/; Max-Age=${180 * 86400}; SameSite=Lax${secure}`;
      show(false);
      from?.focus();
      // What already runs can only be stopped by a new page.
      if (before.some(x => x !== '1' && !now.includes(x))) location.reload();
      else apply(now);
    });
    d.addEventListener('click', e => {
      from = e.target.closest('[data-consent-open]') || from;
      if (!e.target.closest('[data-consent-open]')) return;
      const last = read() || [];
      for (const p of purposes) p.checked = last.includes(p.name);
      show(true);
      $('h2', box).focus();
    });
  }
})();
