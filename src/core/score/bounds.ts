/** Beyond these bounds 1/h² is no normal double. */
export const BANDWIDTHS = 'a number above 0, from 1e-100 to 1e100';

export function isBandwidth(h: number): boolean {
  return h >= 1e-100 && h <= 1e100;
}

/**
 * Beyond this dimension the number of nodes times squares of monomials is too large: 2·10⁵ at d = 2, 4·10⁷ at d = 3,
 * 6·10⁹ at d = 4, in every step for every point.
 */
export const MOST_QUADRATURE_DIMENSIONS = 2;
