import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cellKey, streamKey } from '../../../src/study/grid/streams.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';

const KEY = ['an-experiment', 2, 7, 'd=3,n=10'] as const;

describe('the key of a cell', () => {
  it('is the first 64 bits of SHA-256 over what addresses it', () => {
    const digest = createHash('sha256').update('["basin streams","an-experiment",2,7,"d=3,n=10"]').digest('hex');
    expect(
      streamKey(...KEY)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(''),
    ).toBe(digest.slice(0, 16));
  });

  it.each([
    [0, 'another'],
    [1, 3],
    [2, 8],
    [3, 'd=3,n=11'],
  ])('is another with another part %i', (at, value) => {
    const changed = KEY.map((part, index) => (index === at ? value : part)) as unknown as typeof KEY;
    expect(streamKey(...changed)).not.toEqual(streamKey(...KEY));
  });

  it('follows from the experiment’s version and the cell’s text, unless the experiment has its own of both', () => {
    const toy = findExperiment('toy-mixed');
    const cell = { n: 10, d: 2 };
    expect(cellKey(toy, 7, cell)).toEqual(streamKey('toy-mixed', toy.version, 7, 'd=2,n=10'));
    expect(cellKey(toy, 7, { d: 2, n: 10 })).toEqual(cellKey(toy, 7, cell));
    expect(cellKey({ ...toy, version: 9 }, 7, cell)).toEqual(streamKey('toy-mixed', 9, 7, 'd=2,n=10'));
    expect(cellKey({ ...toy, version: 9, streamVersion: 4 }, 7, cell)).toEqual(
      streamKey('toy-mixed', 4, 7, 'd=2,n=10'),
    );
    expect(cellKey({ ...toy, streamText: ({ d }) => `d=${String(d)}` }, 7, cell)).toEqual(
      streamKey('toy-mixed', toy.version, 7, 'd=2'),
    );
  });
});
