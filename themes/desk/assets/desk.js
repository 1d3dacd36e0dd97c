// SPDX-License-Identifier: Apache-2.0
// Small comforts. Every page is complete without this file.
(function () {
  'use strict';
  var $ = function (q, root) { return (root || document).querySelector(q); };
  var all = function (q, root) { return Array.prototype.slice.call((root || document).querySelectorAll(q)); };

  // The summary of errors gets the focus, so that it is read first.
  var errors = $('[data-focus]');
  if (errors) all('a[href^="#f-"]', errors).forEach(function (a) {
    var label = $('label[for="' + CSS.escape(a.getAttribute('href').slice(1)) + '"]');
    if (label) a.textContent = label.textContent.replace('*', '').trim() + ': ' + a.textContent;
  });
  if (errors) errors.focus();

  // A link to a field inside a closed panel opens the panel.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) target.focus();
  }
  addEventListener('hashchange', reveal);
  reveal();

  // "/" goes to the search, as in many tools.
  document.addEventListener('keydown', function (ev) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(ev.target.tagName) || ev.target.isContentEditable;
    if (ev.key !== '/' || typing || ev.ctrlKey || ev.metaKey || ev.altKey) return;
    var search = $('input[type=search]');
    if (!search) return;
    ev.preventDefault();
    search.focus();
    search.select();
  });

  // A form is sent once; the second press of a nervous finger waits for the answer.
  document.addEventListener('submit', function (ev) {
    var form = ev.target;
    if (form.method !== 'post' || form.target) return;
    if (form.dataset.sent) { ev.preventDefault(); return; }
    form.dataset.sent = '1';
    all('button:not([type=button])', form).forEach(function (b) { b.setAttribute('aria-busy', 'true'); });
  });
  addEventListener('pageshow', function () {
    all('form').forEach(function (f) { delete f.dataset.sent; });
    all('[aria-busy]').forEach(function (b) { b.removeAttribute('aria-busy'); });
  });

  all('[data-select]').forEach(function (i) { i.addEventListener('focus', function () { i.select(); }); });

  // New orders appear: asked for every 5 seconds while the page is looked at.
  var bar = $('[data-poll]');
  if (bar) {
    bar.classList.add('live');
    var last = bar.dataset.last, body = $('table.orders tbody'), waiting = 0;
    var ask = function () {
      if (document.hidden) return;
      fetch(bar.dataset.poll + '?after=' + last, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
        .then(function (r) { return r.ok && !r.redirected ? r.json() : null; })
        .then(function (j) {
          if (!j || !j.count) return;
          last = j.last;
          waiting += j.count;
          if ('insert' in bar.dataset && body) {
            body.insertAdjacentHTML('afterbegin', j.rows);
            bar.textContent = j.text;
          } else {
            bar.replaceChildren(Object.assign(document.createElement('a'), { href: '/desk/orders', textContent: j.text }));
          }
          bar.classList.add('news');
          document.title = '(' + waiting + ') ' + document.title.replace(/^\(\d+\) /, '');
        })
        .catch(function () {});
    };
    setInterval(ask, 5000);
    document.addEventListener('visibilitychange', ask);
  }

  // Rows that a table offers more of: the last one is copied with the next number.
  all('[data-more]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var rows = all(button.dataset.more), row = rows[rows.length - 1], count = $(button.dataset.count);
      var was = Number(count.value) - 1, next = was + 1, copy = row.cloneNode(true);
      all('[name],[id],[for]', copy).forEach(function (el) {
        ['name', 'id', 'for', 'aria-describedby'].forEach(function (at) {
          var v = el.getAttribute(at);
          if (v) el.setAttribute(at, v.replace('v' + was + '_', 'v' + next + '_'));
        });
        if (el.type === 'checkbox') el.checked = el.defaultChecked;
        else if ('value' in el && el.tagName === 'INPUT' && el.type !== 'hidden') el.value = '';
      });
      count.value = next + 1;
      row.after(copy);
      $('input:not([type=hidden])', copy).focus();
    });
  });
})();
