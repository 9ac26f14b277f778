import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { InputError } from '../../../src/base/errors.js';
import { momentOrders } from '../../../src/core/tensor/orders.js';
import { quantities } from '../../../src/theory/quantities.js';

function ordersOf(name: string): ReturnType<typeof momentOrders> {
  const activation = parseActivation(name);
  return momentOrders(activation, (sigma) => quantities(activation, sigma).m);
}

describe('which moments vanish', () => {
  it.each([
    ['sigmoid', { matrix: 3, tensor: 3, vector: 1, even: undefined }],
    ['sigmoid:1e-6', { matrix: 3, tensor: 3, vector: 1, even: undefined }],
    ['sigmoid:1e6', { matrix: 3, tensor: 3, vector: 1, even: undefined }],
    ['tanh', { matrix: 3, tensor: 3, vector: 1, even: undefined }],
    ['erf', { matrix: 3, tensor: 3, vector: 1, even: undefined }],
    ['relu', { matrix: 2, tensor: 4, vector: 1, even: 2 }],
    ['leaky-relu:0.999', { matrix: 2, tensor: 4, vector: 1, even: 2 }],
    ['softplus', { matrix: 2, tensor: 4, vector: 1, even: 2 }],
    ['softplus:1e-6', { matrix: 2, tensor: 4, vector: 1, even: 2 }],
    ['squared-relu', { matrix: 2, tensor: 3, vector: 1, even: 2 }],
  ])('%s', (name, expected) => {
    expect(ordersOf(name)).toEqual(expected);
  });

  it.each(['linear', 'quadratic', 'leaky-relu:1'])('%s is refused by name, with the reason', (name) => {
    expect(() => ordersOf(name)).toThrow(InputError);
    expect(() => ordersOf(name)).toThrow(
      new RegExp(
        `third or fourth moment is not zero \\(zhong2017, Assumption 5.3, part 2\\), got '${name}, for which M_3 = M_4 = 0: .* at most the span of the w_i'`,
      ),
    );
  });

  it('decides from the m_j it is given, not from the name', () => {
    const activation = parseActivation('sigmoid');
    expect(momentOrders(activation, (sigma) => [0, 0, 0, sigma ** 4])).toEqual({
      matrix: 4,
      tensor: 4,
      vector: 4,
      even: 4,
    });
    expect(momentOrders(activation, (sigma) => [0, sigma, sigma, 0])).toEqual({
      matrix: 2,
      tensor: 3,
      vector: 2,
      even: 2,
    });
  });
});
