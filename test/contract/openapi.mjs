// SPDX-License-Identifier: Apache-2.0
// Holds requests and answers against an OpenAPI 3.0 specification: unknown, missing and ill-typed fields are told by their path.
import fs from 'node:fs';
import yaml from 'js-yaml';

export function load(file) {
  return yaml.load(fs.readFileSync(file, 'utf8'), { json: true });
}

// The operation of a method and path, with the path's parameters.
export function operation(spec, method, path) {
  const want = path.split('/');
  for (const [pattern, item] of Object.entries(spec.paths)) {
    const have = pattern.split('/');
    if (have.length !== want.length || !item[method]) continue;
    const params = {};
    const fits = have.every((h, i) => {
      if (!h.startsWith('{')) return h === want[i];
      params[h.slice(1, -1)] = decodeURIComponent(want[i]);
      return want[i] !== '';
    });
    if (fits && (Object.keys(params).length === 0 || !spec.paths[path])) return { op: item[method], params, pattern };
  }
  return null;
}

// "a[b][0][c]=x" as a tree; arrays stay objects with number keys until the schema says so.
export function tree(text, problems) {
  const root = {};
  for (const pair of text.split('&').filter(Boolean)) {
    const [rawName, rawValue = ''] = pair.split('=');
    const name = decodeURIComponent(rawName.replaceAll('+', ' '));
    const value = decodeURIComponent(rawValue.replaceAll('+', ' '));
    const keys = [name.split('[')[0], ...[...name.matchAll(/\[([^\]]*)\]/g)].map((m) => m[1])];
    let at = root;
    keys.forEach((k, i) => {
      const key = k === '' ? String(Object.keys(at).length) : k;
      if (i === keys.length - 1) {
        if (key in at) problems.push(`${name}: sent twice`);
        at[key] = value;
      } else at = at[key] ??= {};
    });
  }
  return root;
}

const resolve = (spec, s) => (s.$ref ? resolve(spec, s.$ref.slice(2).split('/').reduce((o, k) => o[k], spec)) : s);

function scalar(schema, value, where, problems) {
  if (typeof value !== 'string') return problems.push(`${where}: not a plain value`);
  if (schema.enum && !schema.enum.includes(value)) problems.push(`${where}: "${value}" is none of ${schema.enum.slice(0, 8)}`);
  if (schema.type === 'integer' && !/^-?\d+$/.test(value)) problems.push(`${where}: "${value}" is no integer`);
  if (schema.type === 'boolean' && !/^(true|false)$/.test(value)) problems.push(`${where}: "${value}" is no boolean`);
  if (schema.maxLength && value.length > schema.maxLength) problems.push(`${where}: longer than ${schema.maxLength}`);
}

export function checkForm(spec, schema, value, where, problems) {
  const s = resolve(spec, schema);
  if (s.anyOf) {
    const tries = s.anyOf.map((x) => {
      const p = [];
      checkForm(spec, x, value, where, p);
      return p;
    });
    if (tries.every((p) => p.length)) problems.push(...tries.sort((a, b) => a.length - b.length)[0]);
  } else if (s.type === 'object') {
    if (typeof value !== 'object') return problems.push(`${where}: not an object`);
    for (const r of s.required ?? []) if (!(r in value)) problems.push(`${where}[${r}]: missing`);
    for (const [k, v] of Object.entries(value)) {
      const inner = s.properties?.[k] ?? (typeof s.additionalProperties === 'object' ? s.additionalProperties : null);
      if (inner) checkForm(spec, inner, v, `${where}[${k}]`, problems);
      else problems.push(`${where}[${k}]: unknown field`);
    }
  } else if (s.type === 'array') {
    if (typeof value !== 'object') return problems.push(`${where}: not a list`);
    Object.keys(value).forEach((k, i) => {
      if (k !== String(i)) problems.push(`${where}: index ${k}, wanted ${i}`);
      checkForm(spec, s.items, value[k], `${where}[${i}]`, problems);
    });
  } else scalar(s, value, where, problems);
}

const typeOf = (v) => (Array.isArray(v) ? 'array' : Number.isInteger(v) ? 'integer' : typeof v);

// An answer, as JSON.
export function checkJson(spec, schema, value, where, problems) {
  const s = resolve(spec, schema);
  if (value === null) return s.nullable ? undefined : problems.push(`${where}: null`);
  if (s.anyOf) {
    const ok = s.anyOf.some((x) => {
      const p = [];
      checkJson(spec, x, value, where, p);
      return p.length === 0;
    });
    return ok ? undefined : problems.push(`${where}: fits none of its forms`);
  }
  const type = typeOf(value);
  if (s.type && s.type !== type && !(s.type === 'number' && type === 'integer')) return problems.push(`${where}: ${type}, not ${s.type}`);
  if (s.enum && !s.enum.includes(value)) problems.push(`${where}: "${value}" is none of ${s.enum.slice(0, 8)}`);
  if (type === 'array') value.forEach((v, i) => checkJson(spec, s.items ?? {}, v, `${where}[${i}]`, problems));
  if (type !== 'object' || !s.properties) return;
  for (const r of s.required ?? []) if (!(r in value)) problems.push(`${where}.${r}: missing`);
  for (const [k, v] of Object.entries(value)) if (s.properties[k]) checkJson(spec, s.properties[k], v, `${where}.${k}`, problems);
}

// Only what the specification's version of the thing has.
export function prune(spec, schema, value) {
  const s = resolve(spec, schema);
  return Object.fromEntries(Object.entries(value).filter(([k]) => k in s.properties));
}
