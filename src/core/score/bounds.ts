/**
 * Beyond this dimension the number of nodes times squares of monomials is too large: 2·10⁵ at d = 2, 4·10⁷ at d = 3,
 * 6·10⁹ at d = 4, in every step for every point.
 */
export const MOST_QUADRATURE_DIMENSIONS = 2;
