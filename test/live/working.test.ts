import { expect, it } from 'vitest';
import { Working } from '../../src/live/working.js';

const LEASE = { experiment: 'toy', key: [1, 2], first: 10, count: 3 } as const;
const cellOf = (): string => 'd=2';

it('a running trial is seen first once, and a lease without one waits', () => {
  const working = new Working();
  const first = working.part([{ ...LEASE, running: 11 }, LEASE], cellOf, '2026-12-01T04:00:00.000Z');
  expect(first).toMatch(/toy\/d=2#11<.*number 2 of 3 in its lease.*datetime="2026-12-01T04:00:00.000Z"/);
  expect(first).toContain('1 lease between two trials');
  expect(working.part([{ ...LEASE, running: 11 }], cellOf, '2026-12-01T04:00:09.000Z')).toContain('04:00:00.000Z"');
  expect(working.part([{ ...LEASE, running: 12 }], cellOf, '2026-12-01T04:00:10.000Z')).toContain('04:00:10.000Z"');
});

it('says nothing without leases, and counts those of cells that it does not know', () => {
  const working = new Working();
  expect(working.part([], cellOf, '')).toBe('');
  const unknown = working.part([{ ...LEASE, running: 11 }], () => undefined, '');
  expect(unknown).toContain('1 lease between two trials');
});
