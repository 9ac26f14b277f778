import type { Spec } from './axes.js';

/** The fields of its data that a spec draws, without those that it makes. */
export function drawnFields(spec: Spec): string[] {
  const made = new Set(valuesOf(spec, 'as').flat());
  return [...new Set(valuesOf(spec, 'field'))].filter(
    (name): name is string => typeof name === 'string' && !made.has(name),
  );
}

/** Every value under a key, anywhere in a spec. */
function valuesOf(spec: unknown, key: string): unknown[] {
  if (spec === null || typeof spec !== 'object') return [];
  return Object.entries(spec as Spec).flatMap(([name, value]) => (name === key ? [value] : valuesOf(value, key)));
}
