// SPDX-License-Identifier: Apache-2.0
// The parts of product, collection, search and cart pages that get better with a script. Each is an
// element of its own and complete without: links lead, forms send. A part of the page that the
// server writes anew carries data-part; swap() puts the new one in the old one's place.
const $ = (s, e = document) => e.querySelector(s);
const all = (s, e = document) => [...e.querySelectorAll(s)];
const parse = text => new DOMParser().parseFromString(text, 'text/html');
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const plain = e => !(e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || e.button);

const load = async (url, section, signal) => {
  const u = new URL(url, location.href);
  u.hash = '';
  u.searchParams.set('section_id', section);
  const r = await fetch(u, { signal });
  if (!r.ok) throw new Error(r.status);
  return parse(await r.text());
};

// The focus stays with the element of the same id, or of the same part.
const swap = (root, doc) => {
  const at = document.activeElement, id = at?.id, part = at?.closest?.('[data-part]')?.dataset.part;
  for (const now of all('[data-part]', root)) {
    const next = $(`[data-part="${now.dataset.part}"]`, doc);
    if (!next) now.replaceChildren();
    else if (next.innerHTML !== now.innerHTML) {
      for (const d of all('details[id]', now)) {
        const same = all('details', next).find(x => x.id === d.id);
        if (same) same.open = d.open;
      }
      now.replaceWith(next);
    }
  }
  if (at && !at.isConnected) {
    const to = (id && document.getElementById(id)) || (part && $(`[data-part="${part}"] :is(a, button, input)`, root));
    to?.focus({ preventScroll: true });
  }
};

const say = (root, text) => {
  const live = $('[data-live]', root);
  if (live && text) live.textContent = text.replace(/\s+/g, ' ').trim();
};

// The buy box: another variant without leaving the page.
class ProductPage extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', e => {
      const a = e.target.closest('a[data-variant]');
      if (!a || !plain(e)) return;
      e.preventDefault();
      this.show(a);
    });
  }
  async show(a) {
    this.wait?.abort();
    this.wait = new AbortController();
    this.setAttribute('aria-busy', 'true');
    try {
      const doc = await load(a.href, this.dataset.section, this.wait.signal);
      const first = $('product-gallery', doc)?.dataset.first;
      swap(this, doc);
      history.replaceState(null, '', a.href);
      if (first) $('product-gallery', this)?.show(first);
      say(this, $('[data-part="price"]', this)?.textContent);
    } catch (e) {
      if (e.name !== 'AbortError') location.href = a.href;
      return;
    }
    this.removeAttribute('aria-busy');
  }
}

// Pictures side by side: thumbnails lead to them, a click shows one large.
class ProductGallery extends HTMLElement {
  connectedCallback() {
    this.strip = $('[data-slides]', this);
    this.slides = all('[data-slide]', this);
    this.thumbs = all('[data-thumb]', this);
    this.box = $('dialog', this);
    this.addEventListener('click', e => {
      const thumb = e.target.closest('[data-thumb]'), large = e.target.closest('[data-zoom]');
      if (!plain(e) || !(thumb || large)) return;
      e.preventDefault();
      if (thumb) this.show(thumb.dataset.thumb);
      else this.open(this.slides.indexOf(large.closest('[data-slide]')));
    });
    if (this.strip && this.thumbs.length) {
      const seen = new IntersectionObserver(list => {
        for (const x of list) if (x.isIntersecting) this.mark(x.target.dataset.slide);
      }, { root: this.strip, threshold: 0.6 });
      this.slides.forEach(s => seen.observe(s));
    }
    if (this.box) this.prepare();
  }
  show(id) {
    const s = this.slides.find(x => x.dataset.slide === id);
    if (!s) return;
    this.strip.scrollTo({ left: s.offsetLeft - this.strip.offsetLeft, behavior: calm() ? 'auto' : 'smooth' });
    this.mark(id);
  }
  mark(id) {
    for (const t of this.thumbs) {
      if (t.dataset.thumb === id) t.setAttribute('aria-current', 'true');
      else t.removeAttribute('aria-current');
    }
  }
  prepare() {
    const step = n => this.large((this.at + n + this.slides.length) % this.slides.length);
    this.img = $('img', this.box);
    this.box.addEventListener('click', e => {
      const b = e.target.closest('button');
      if (b?.dataset.step) step(+b.dataset.step);
      else if (b?.hasAttribute('data-scale') || e.target === this.img) this.scale();
      else if (b || e.target === this.box) this.box.close();
    });
    this.box.addEventListener('keydown', e => {
      if (e.key === 'ArrowRight' && !this.scaled) step(1);
      else if (e.key === 'ArrowLeft' && !this.scaled) step(-1);
      else if (e.key === '+' || e.key === '-') this.scale(e.key === '+');
    });
    this.box.addEventListener('close', () => this.show(this.slides[this.at].dataset.slide));
  }
  open(i) {
    this.large(i);
    this.box.showModal();
  }
  large(i) {
    const a = $('[data-zoom]', this.slides[i]), old = $('img', a);
    this.at = i;
    this.scale(false);
    this.img.src = a.href;
    this.img.alt = old.alt;
    this.img.width = a.dataset.width;
    this.img.height = a.dataset.height;
    const n = $('[data-count]', this.box);
    if (n) n.textContent = `${i + 1} / ${this.slides.length}`;
  }
  scale(on = !this.scaled) {
    const stage = this.img.parentElement;
    this.scaled = on;
    this.box.classList.toggle('is-scaled', on);
    $('[data-scale]', this.box)?.setAttribute('aria-pressed', on);
    stage.scrollTo((stage.scrollWidth - stage.clientWidth) / 2, (stage.scrollHeight - stage.clientHeight) / 2);
  }
}

// Minus and plus at a number; the field alone is enough.
class QuantityInput extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', e => {
      const b = e.target.closest('button[data-step]'), f = $('input', this);
      if (!b || !f) return;
      const was = f.value;
      if (b.dataset.step > 0) f.stepUp();
      else f.stepDown();
      if (f.value !== was) f.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
}

// Filters and order of a list: every change shows the list anew, the address follows.
class ProductList extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', e => {
      if (!e.target.form?.matches('[data-filter]')) return;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.send(), 250);
    });
    this.addEventListener('submit', e => {
      if (!e.target.matches('[data-filter]')) return;
      e.preventDefault();
      this.send();
    });
    this.addEventListener('click', e => {
      const a = e.target.closest('a[data-filter-link], [data-part="pages"] a[href]');
      if (!a || !plain(e)) return;
      e.preventDefault();
      this.go(a.href, true, !a.matches('[data-filter-link]'));
    });
    this.back = () => this.go(location.href, false);
    addEventListener('popstate', this.back);
  }
  disconnectedCallback() {
    removeEventListener('popstate', this.back);
  }
  send() {
    const f = $('form[data-filter]', this), q = new URLSearchParams();
    for (const [k, v] of new FormData(f)) if (v !== '' && v !== f.elements[k]?.dataset?.normal) q.append(k, v);
    const u = new URL(f.action);
    u.search = q;
    this.go(u.href, true);
  }
  async go(url, push, top) {
    this.wait?.abort();
    this.wait = new AbortController();
    this.setAttribute('aria-busy', 'true');
    try {
      swap(this, await load(url, this.dataset.section, this.wait.signal));
      if (push) history.pushState(null, '', url);
      if (top) this.scrollIntoView({ behavior: calm() ? 'auto' : 'smooth' });
      say(this, $('[data-part="count"]', this)?.textContent);
    } catch (e) {
      if (e.name !== 'AbortError') location.href = url;
      return;
    }
    this.removeAttribute('aria-busy');
  }
}

// Lines of the cart: a changed number is sent at once, lines and sums come back.
class CartLines extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', e => {
      const f = e.target.form;
      if (!f?.matches('[data-line]') || e.target.value === '') return;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.send(f), 300);
    });
    this.addEventListener('submit', e => {
      if (!e.target.matches('[data-line]')) return;
      e.preventDefault();
      this.send(e.target);
    });
  }
  async send(f) {
    const body = new URLSearchParams(new FormData(f));
    this.wait?.abort();
    this.wait = new AbortController();
    this.setAttribute('aria-busy', 'true');
    try {
      // A drawer is filled anew by who opened it; the page takes its parts from the answer.
      const drawer = this.closest('dialog'), url = f.action + (drawer ? '.js' : '');
      const r = await fetch(url, { method: 'POST', body, signal: this.wait.signal });
      if (drawer && !r.ok) throw new Error(r.status);
      if (!drawer) {
        const from = $('cart-lines', parse(await r.text()));
        if (!from) throw new Error(r.status);
        swap(this, from);
      }
      this.dispatchEvent(new CustomEvent('cart:changed', { bubbles: true }));
      say(this, $('[data-part="cart-notes"]', this)?.textContent || $('[data-part="cart-summary"]', this)?.textContent);
    } catch (e) {
      if (e.name !== 'AbortError') f.submit();
      return;
    }
    this.removeAttribute('aria-busy');
  }
}

for (const [name, type] of Object.entries({
  'product-page': ProductPage,
  'product-gallery': ProductGallery,
  'quantity-input': QuantityInput,
  'product-list': ProductList,
  'cart-lines': CartLines,
})) customElements.get(name) || customElements.define(name, type);
