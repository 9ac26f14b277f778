import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { formatAddress, parseAddress } from '../../src/store/address.js';
import { cellText } from '../../src/settings/cellText.js';
import { streamKey } from '../../src/study/grid/streams.js';

describe('parseAddress', () => {
  it('reads what formatAddress writes', () => {
    const settings = fc.dictionary(
      fc.stringMatching(/^[A-Za-z]{1,4}$/),
      fc.oneof(fc.double({ noNaN: true }), fc.stringMatching(/^[a-z-]{1,5}$/)),
    );
    fc.assert(
      fc.property(settings, fc.nat(), (cell, trial) => {
        const address = { experiment: 'fu2018-fig3', cell: cellText(cell), trial };
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  it('takes settings in any order', () => {
    expect(parseAddress('fu2018-fig3/n=4000,K=3,d=20#7')).toEqual({
      experiment: 'fu2018-fig3',
      cell: 'K=3,d=20,n=4000',
      trial: 7,
    });
  });

  it.each([
    '',
    'x',
    'x/K=3',
    'x#3',
    'x/K=3#',
    'x/K=3#-1',
    'x/K=3#1.5',
    'x/K=3#1e3',
    'x/K#1',
    'x/K=3,#1',
    'x/K=3,,d=2#1',
    'x/=3#1',
    '/K=3#1',
    'x/K=3#1 ',
    'x/K=3#99999999999999999999',
  ])('refuses "%s" in one line', (text) => {
    expect(() => parseAddress(text)).toThrow(InputError);
    expect(() => parseAddress(text)).toThrow(
      `an address must look like ID/CELL#TRIAL, e.g. fu2018-fig3/K=3,d=20,n=4000#7, got '${text}'`,
    );
  });
});

describe('streamKey', () => {
  const key = streamKey('fu2018-fig3', 1, 1, 'K=3,d=20,n=4000');

  it('is the first 64 bits of SHA-256 over the JSON of its parts, and never changes', () => {
    expect(key).toEqual([1862158882, 401113765]);
  });

  it('depends on every part', () => {
    const others = [
      streamKey('fu2018-fig4', 1, 1, 'K=3,d=20,n=4000'),
      streamKey('fu2018-fig3', 2, 1, 'K=3,d=20,n=4000'),
      streamKey('fu2018-fig3', 1, 2, 'K=3,d=20,n=4000'),
      streamKey('fu2018-fig3', 1, 1, 'K=3,d=20,n=4001'),
      streamKey('fu2018-fig31', 1, 1, 'K=3,d=20,n=4000'),
    ];
    expect(new Set([key, ...others].map(String)).size).toBe(6);
  });
});
