// SPDX-License-Identifier: Apache-2.0
// A stand-in for Stripe: answers /v1/checkout/sessions and /v1/refunds as specified (every request and every answer is held
// against the OpenAPI file), keeps idempotency keys as Stripe does, and does under /_/ what the test wants to happen.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import * as openapi from './openapi.mjs';

const dir = process.argv[2];
const find = (start) => `${dir}/${fs.readdirSync(dir).filter((f) => f.startsWith(start)).sort().at(-1)}`;
const spec = openapi.load(find('spec3-'));
const fixtures = JSON.parse(fs.readFileSync(find('fixtures3-'), 'utf8')).resources;
const schemaOf = (name) => spec.components.schemas[name];
const KEY = 'sk_test_contract';
const PROCESSED = new Set([200, 402]); // with these an idempotency key is spent

const state = { now: 0, sessions: new Map(), intents: new Map(), refunds: [], keys: new Map(), script: [], problems: [], log: [], n: 0 };
const id = (prefix) => `${prefix}_test_${String(++state.n).padStart(6, '0')}`;

class Refused extends Error {
  constructor(status, type, message, extra = {}) {
    super(message);
    this.status = status;
    this.body = { error: { type, message, ...extra } };
  }
}
const invalid = (message, extra) => new Refused(400, 'invalid_request_error', message, extra);
const missing = (what) => new Refused(404, 'invalid_request_error', `No such ${what}`, { code: 'resource_missing' });

function shaped(name, values) {
  const o = { ...openapi.prune(spec, schemaOf(name), fixtures[name]), ...values };
  return o;
}

function totalOf(items) {
  let sum = 0;
  let currency = null;
  for (const it of Object.values(items)) {
    currency ??= it.price_data.currency;
    if (currency !== it.price_data.currency) throw invalid('All prices must have the same currency.');
    if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}`);
    if (!it.price_data.product_data.name) throw invalid('Product names cannot be empty.');
    if (Number(it.price_data.unit_amount) < 0 || Number(it.quantity) < 1) throw invalid('Invalid amount or quantity.');
    sum += Number(it.price_data.unit_amount) * Number(it.quantity);
  }
  return { sum, currency };
}

function makeSession(form) {
  if (!form.line_items) throw invalid('line_items is needed in payment mode.');
  if (Object.keys(form.line_items).length > 100) throw invalid('At most 100 line items.');
  const { sum, currency } = totalOf(form.line_items);
  if (sum < 50) throw invalid('The total amount must be at least 0.50.', { code: 'amount_too_small' });
  const life = Number(form.expires_at) - state.now;
  if (life < 1800 || life > 86400) throw invalid('`expires_at` must be between 30 minutes and 24 hours from now.', { param: 'expires_at' });
  const ref = id('cs');
  const session = shaped('checkout.session', {
    id: ref, mode: form.mode, amount_total: sum, amount_subtotal: sum, currency, client_reference_id: form.client_reference_id ?? null,
    customer_email: form.customer_email ?? null, expires_at: Number(form.expires_at), metadata: form.metadata ?? {}, status: 'open',
    payment_status: 'unpaid', payment_intent: null, success_url: form.success_url, cancel_url: form.cancel_url ?? null,
    locale: form.locale ?? null, submit_type: form.submit_type ?? null, url: `https://checkout.stripe.com/c/pay/${ref}`, created: state.now,
    after_expiration: null, consent: null, consent_collection: null, invoice_creation: null, payment_method_options: {},
    shipping_address_collection: null, shipping_cost: null, shipping_details: null, subscription: null, payment_method_types: ['card'],
  });
  state.sessions.set(ref, { session, form });
  return session;
}

function expireIfOver(s) {
  if (s.session.status === 'open' && s.session.expires_at <= state.now) Object.assign(s.session, { status: 'expired', url: null });
  return s;
}

const sessionOf = (ref) => expireIfOver(state.sessions.get(ref) ?? (() => { throw missing(`checkout.session: ${ref}`); })());

function shown(s, expand) {
  const intent = state.intents.get(s.session.payment_intent);
  return expand?.[0] === 'payment_intent' && intent ? { ...s.session, payment_intent: intent } : s.session;
}

function closeSession(ref) {
  const s = sessionOf(ref);
  if (s.session.status !== 'open') throw invalid('Only Checkout Sessions with a status of `open` can be expired.');
  Object.assign(s.session, { status: 'expired', url: null });
  return s.session;
}

function makeRefund(form) {
  const intent = state.intents.get(form.payment_intent);
  if (!intent) throw missing(`payment_intent: ${form.payment_intent}`);
  const back = state.refunds.filter((r) => r.payment_intent === intent.id).reduce((n, r) => n + r.amount, 0);
  const amount = Number(form.amount ?? intent.amount_received - back);
  if (amount > intent.amount_received - back) throw invalid('Refund amount is greater than unrefunded amount on charge.', { code: 'charge_already_refunded' });
  const refund = shaped('refund', { id: id('re'), amount, currency: intent.currency, payment_intent: intent.id, metadata: form.metadata ?? {}, status: 'succeeded' });
  state.refunds.push(refund);
  return refund;
}

function listRefunds(query) {
  const all = state.refunds.filter((r) => !query.payment_intent || r.payment_intent === query.payment_intent).reverse(); // newest first
  const from = query.starting_after ? all.findIndex((r) => r.id === query.starting_after) + 1 : 0;
  const data = all.slice(from, from + Number(query.limit ?? 10));
  return { object: 'list', url: '/v1/refunds', has_more: from + data.length < all.length, data };
}

const routes = {
  'post /v1/checkout/sessions': (params, form) => makeSession(form),
  'get /v1/checkout/sessions/{session}': (params, form, query) => shown(sessionOf(params.session), query.expand),
  'post /v1/checkout/sessions/{session}/expire': (params) => closeSession(params.session),
  'post /v1/refunds': (params, form) => makeRefund(form),
  'get /v1/refunds': (params, form, query) => listRefunds(query),
};

// What happens at the payer's side and at the bank.
function pay(ref, { amount, currency, settled = true }) {
  const s = sessionOf(ref);
  if (s.session.status !== 'open') throw invalid(`This page is ${s.session.status}.`);
  const total = amount ?? s.session.amount_total;
  const intent = shaped('payment_intent', {
    id: id('pi'), amount: total, amount_received: settled ? total : 0, currency: currency ?? s.session.currency,
    metadata: s.form.payment_intent_data?.metadata ?? {}, description: s.form.payment_intent_data?.description ?? null,
    status: settled ? 'succeeded' : 'processing', canceled_at: null, last_payment_error: null, next_action: null, processing: null,
    shipping: null, transfer_data: null, payment_method_options: {},
  });
  state.intents.set(intent.id, intent);
  Object.assign(s.session, { status: 'complete', url: null, payment_intent: intent.id, payment_status: settled ? 'paid' : 'unpaid',
                             amount_total: total, currency: intent.currency });
  return { intent: intent.id };
}

function settleLater(ref, ok) {
  const s = sessionOf(ref);
  const intent = state.intents.get(s.session.payment_intent);
  Object.assign(intent, ok ? { status: 'succeeded', amount_received: intent.amount } : { status: 'requires_payment_method' });
  if (ok) s.session.payment_status = 'paid';
  return {};
}

function signed(secret, at, body) {
  const v1 = crypto.createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return { body, header: `t=${at},v1=${v1},v0=${'0'.repeat(64)}` };
}

function objectOf({ session, refund, charge, intent }) {
  if (session) return sessionOf(session).session;
  if (intent) return state.intents.get(intent);
  if (refund !== undefined) return { ...state.refunds.at(-1), ...refund };
  return shaped('charge', charge);
}

function event(p) {
  const e = shaped('event', { id: p.id ?? id('evt'), type: p.type, created: p.at, api_version: spec.info.version,
                              data: { object: p.dispute ? { id: id('dp'), object: 'dispute', ...p.dispute } : objectOf(p) } });
  return signed(p.secret, p.at, JSON.stringify(e));
}

const controls = {
  reset: () => { Object.assign(state, { sessions: new Map(), intents: new Map(), refunds: [], keys: new Map(), script: [], problems: [], log: [] }); return {}; },
  forget: () => { state.keys.clear(); return {}; }, // as Stripe may after 24 hours
  clock: (p) => { state.now = p.now; return {}; },
  script: (p) => { state.script.push({ times: 1, ...p }); return {}; },
  pay: (p) => pay(p.session, p),
  later: (p) => settleLater(p.session, p.ok),
  event,
  state: () => ({ problems: state.problems, log: state.log, refunds: state.refunds,
                  sessions: [...state.sessions.values()].map((s) => expireIfOver(s).session) }),
  forms: () => [...state.sessions.values()].map((s) => s.form),
};

function holdRequest(rq, found, form, query) {
  const problems = [];
  const type = (rq.headers['content-type'] ?? '').split(';')[0];
  if (rq.headers['stripe-version'] !== spec.info.version) problems.push(`Stripe-Version: ${rq.headers['stripe-version']}, not ${spec.info.version}`);
  if (rq.method === 'POST' && type !== 'application/x-www-form-urlencoded') problems.push(`Content-Type: ${type}`);
  const body = found.op.requestBody?.content['application/x-www-form-urlencoded']?.schema;
  if (body) openapi.checkForm(spec, body, form, 'body', problems);
  const params = Object.fromEntries((found.op.parameters ?? []).filter((p) => p.in === 'query').map((p) => [p.name, p.schema]));
  for (const [k, v] of Object.entries(query))
    if (params[k]) openapi.checkForm(spec, params[k], v, `query[${k}]`, problems);
    else problems.push(`query[${k}]: unknown parameter`);
  return problems;
}

function act(rq, found, form, query) {
  try {
    const body = routes[`${rq.method.toLowerCase()} ${found.pattern}`](found.params, form, query);
    const problems = [];
    openapi.checkJson(spec, found.op.responses['200'].content['application/json'].schema, body, 'answer', problems);
    state.problems.push(...problems.map((p) => `stand-in: ${p}`));
    return { status: 200, body: JSON.stringify(body) };
  } catch (e) {
    if (!(e instanceof Refused)) throw e;
    return { status: e.status, body: JSON.stringify(e.body) };
  }
}

function once(rq, text, run) {
  const key = rq.headers['idempotency-key'];
  if (!key || rq.method !== 'POST') return run();
  const before = state.keys.get(key);
  if (before && before.text !== rq.url + text)
    return { status: 400, body: JSON.stringify({ error: { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.' } }) };
  if (before) return { ...before.answer, replayed: true };
  const answer = run();
  if (PROCESSED.has(answer.status)) state.keys.set(key, { text: rq.url + text, answer });
  return answer;
}

function provider(rq, text) {
  const url = new URL(rq.url, 'http://stripe');
  const method = rq.method.toLowerCase();
  const found = openapi.operation(spec, method, url.pathname);
  if (rq.headers.authorization !== `Bearer ${KEY}`)
    return { status: 401, body: JSON.stringify({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } }) };
  if (!found || !routes[`${method} ${found.pattern}`]) {
    state.problems.push(`${rq.method} ${rq.url}: no such operation`);
    return { status: 404, body: JSON.stringify({ error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } }) };
  }
  const problems = [];
  const form = openapi.tree(text, problems);
  const query = openapi.tree(url.search.slice(1), problems);
  problems.push(...holdRequest(rq, found, form, query));
  state.problems.push(...problems.map((p) => `${rq.method} ${url.pathname}: ${p}`));
  if (problems.length) return { status: 400, body: JSON.stringify({ error: { type: 'invalid_request_error', message: problems[0] } }) };
  return once(rq, text, () => act(rq, found, form, query));
}

function scripted(rq) {
  const s = state.script.find((x) => x.times > 0 && `${rq.method} ${rq.url}`.startsWith(x.on));
  if (s) s.times--;
  return s;
}

function answer(rq, rs, text) {
  if (rq.url.startsWith('/_/')) {
    const body = controls[rq.url.slice(3)](text ? JSON.parse(text) : {});
    return rs.end(JSON.stringify(body));
  }
  const s = scripted(rq);
  if (s?.status) { // before anything was done
    state.log.push({ on: `${rq.method} ${rq.url}`, status: s.status });
    rs.writeHead(s.status, { 'Content-Type': 'application/json' });
    return rs.end(JSON.stringify({ error: { type: s.type ?? 'api_error', message: s.message ?? 'scripted', code: s.code } }));
  }
  const a = provider(rq, text);
  state.log.push({ on: `${rq.method} ${rq.url}`, status: s?.lose ? 'lost' : a.status, key: rq.headers['idempotency-key'], replayed: a.replayed });
  if (s?.lose) return rq.socket.destroy(); // done, but nobody hears of it
  rs.writeHead(a.status, { 'Content-Type': 'application/json', ...(a.replayed ? { 'Idempotent-Replayed': 'true' } : {}) });
  rs.end(a.body);
}

const server = http.createServer((rq, rs) => {
  const chunks = [];
  rq.on('data', (c) => chunks.push(c));
  rq.on('end', () => {
    try {
      answer(rq, rs, Buffer.concat(chunks).toString());
    } catch (e) {
      rs.writeHead(e.status ?? 599);
      rs.end(e.stack);
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
