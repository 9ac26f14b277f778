import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../../src/core/networks/activations.js';
import { lossNamed, lossOf } from '../../../../src/core/networks/losses.js';

describe('an activation by formula', () => {
  it.each([
    ['z*sigmoid(1.702*z)', 'none'],
    ['z^2+cos(z)', 'even'],
    ['z/(1+abs(z))', 'odd'],
    ['z', 'odd'],
    ['tanh(z)^3', 'odd'],
    ['e-z', 'none'],
  ])('%s has parity %s', (text, parity) => {
    expect(parseActivation(text).parity).toBe(parity);
  });

  it('has one name, whatever spaces and brackets it is written with', () => {
    expect(parseActivation(' z * sigmoid( (1.702)*z ) ').name).toBe('z*sigmoid(1.702*z)');
    expect(parseActivation(parseActivation('max(z, 0)').name)).toBe(parseActivation('max(z,0)'));
  });

  it.each([
    ['tanh(z)', [-1, 1]],
    ['relu(z)', [0, Infinity]],
    ['z^3', [-Infinity, Infinity]],
    ['1/(1+exp(-z))', [0, 1]],
  ])('%s lies in %j', (text, [low, high]) => {
    const { range } = parseActivation(text);
    expect(range[0]).toBeCloseTo(low, 5);
    expect(range[1]).toBeCloseTo(high, 5);
  });

  it.each([
    ['1/0*z', 'must be finite for z from -12 to 12, got 1/0*z with -Infinity as its value at z = -12'],
    ['log(z)', 'got log(z) with NaN as its value'],
    ['sqrt(abs(z))', 'must be differentiable for z from -12 to 12, got sqrt(abs(z)) with'],
    ['3', 'must change with z, got 3'],
    ['sign(z)', 'must be continuous, got sign(z), which jumps from -1.000 to 1.000 at z = 0'],
    ['where(z>1.5,1,0)+z', 'which jumps from 1.500 to 2.500 at z = 1.5'],
    ['sigmoyd', "or a formula in z such as z*sigmoid(1.702*z); got 'sigmoyd' (did you mean 'sigmoid'?)"],
    ['leaky-rel', "got 'leaky-rel' (did you mean 'leaky-relu'?)"],
    ['f-y', "got 'f-y'"],
  ])('%s is refused before anything runs', (text, message) => {
    expect(() => parseActivation(text)).toThrow(message);
  });
});

describe('a loss by formula', () => {
  it('has one name and takes any numbers', () => {
    expect(lossNamed(' (f - y) ^ 4 ')).toBe('(f-y)^4');
    expect(lossNamed('cross-entropy')).toBe('cross-entropy');
    expect(lossOf('(f-y)^4')).toMatchObject({ takes: 'numbers', description: '(f-y)^4' });
  });

  it.each([
    ['y^2', 'loss must change with f, got y^2'],
    ['log(f-1)', 'must be finite and differentiable for f and y between 0 and 1, got log(f-1) at f = 0.05, y = 0.05'],
    ['squred', "did you mean 'squared'?"],
    ['(f-z)^2', "got 'z' at column 4"],
  ])('%s is refused', (text, message) => {
    expect(() => lossOf(text)).toThrow(message);
  });
});
