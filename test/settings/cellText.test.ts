import { describe, expect, it } from 'vitest';
import { cellText, sortedCellText } from '../../src/settings/cellText.js';

describe('cellText', () => {
  it('sorts keys by code point and writes numbers as String does', () => {
    expect(cellText({ n: 4000, d: 20, K: 3 })).toBe('K=3,d=20,n=4000');
    expect(cellText({ eta: 0.1, big: 1e21, law: 'gaussian' })).toBe('big=1e+21,eta=0.1,law=gaussian');
    expect(cellText({})).toBe('');
  });

  it.each(['a b', 'a,b', 'a=b', 'a#b', '', 'f(a b)', 'f(a#b)', 'f(a),b'])('refuses the value "%s"', (value) => {
    expect(() => cellText({ key: value })).toThrow(/cannot stand in an address/);
  });
});

describe('sortedCellText', () => {
  it('keeps formulas whole, commas and relations inside their brackets', () => {
    const settings = { n: 4000, activation: 'where(z<=0,0,max(z/2,1))', loss: '(f-y)^4', K: 3 };
    expect(cellText(settings)).toBe('K=3,activation=where(z<=0,0,max(z/2,1)),loss=(f-y)^4,n=4000');
    expect(sortedCellText('n=4000,loss=(f-y)^4,K=3,activation=where(z<=0,0,max(z/2,1))')).toBe(cellText(settings));
  });

  it('is the text of the same cell, whatever the order', () => {
    expect(sortedCellText('n=4000,d=20,K=3')).toBe(cellText({ K: 3, d: 20, n: 4000 }));
    expect(sortedCellText('')).toBe('');
  });

  it.each(['K', 'K=', '=3', 'K=3,', 'K=3,,d=2', 'K==3', 'a/b=3'])('is nothing for "%s"', (text) => {
    expect(sortedCellText(text)).toBeUndefined();
  });
});
