/** zhong2017-thm35 in process. */
import { describe, expect, it } from 'vitest';
import { judgedClaims } from '../../src/experiments/claims.js';
import { runInProcess } from './inProcess.js';
import { exact } from '../../src/statistics/estimate.js';

const run = runInProcess('zhong2017-thm35', {});
const { experiment, values, cells, claims, figures } = run;

/** The columns of a row of the table, by activation. */
function row(activation: string, ...names: string[]): number[] {
  const cell = cells.find(({ settings }) => settings['activation'] === activation);
  return names.map((name) => cell?.measures[name]?.value ?? Number.NaN);
}

describe('zhong2017-thm35', () => {
  it('is Theorem 3.5 as a table: properties 3.1 (p ≥ 0), 3.2, 3.3(a), 3.3(b)', () => {
    const table = Object.fromEntries(
      cells.map(({ settings }) => {
        const name = String(settings['activation']);
        return [name, row(name, 'slopeHolds', 'curvatureHolds', 'smooth', 'piecewiseLinear').join('')];
      }),
    );
    expect(table).toEqual({
      relu: '1101',
      'leaky-relu': '1101',
      'squared-relu': '1110',
      sigmoid: '1110',
      tanh: '1110',
      'erf:zhong': '1110',
      softplus: '1110',
      linear: '1011',
      quadratic: '0010',
    });
    expect(claims.map(({ id, verdict }) => `${id}: ${verdict}`)).toEqual([
      ...['relu', 'leaky-relu', 'squared-relu', 'sigmoid', 'tanh', 'erf:zhong'].map(
        (name) => `${name}-satisfies: holds`,
      ),
      'linear-fails-3.2: holds',
      'quadratic-fails-3.1: holds',
      'quadratic-fails-3.2: holds',
    ]);
  });

  it('with p > 0, as printed, only squared ReLU would satisfy Property 3.1', () => {
    expect(
      cells
        .filter(({ measures }) => measures['slopeHoldsAsPrinted'].value === 1)
        .map(({ settings }) => settings['activation']),
    ).toEqual(['squared-relu']);
  });

  it('has the published counterexamples in numbers', () => {
    expect(row('quadratic', 'minSlope', 'rhoMinAt')).toEqual([-Infinity, 10]);
    expect(row('quadratic', 'rhoMin')[0]).toBeCloseTo(-400, 9);
    expect(Math.abs(row('linear', 'rhoMin')[0])).toBeLessThan(1e-12);
    expect(row('relu', 'rhoMin')[0]).toBeCloseTo(1 / 4 - 1 / (2 * Math.PI), 12);
  });

  it.each([
    ['relu', 'satisfied', 2, 'relu-satisfies'],
    ['quadratic', 'slopeHolds', 1, 'quadratic-fails-3.1'],
    ['linear', 'curvatureHolds', 1, 'linear-fails-3.2'],
  ])('fails its claim when %s had %s = %d, and decides nothing without a value', (activation, name, value, id) => {
    const verdict = (estimate: number) => {
      const changed = cells.map((cell) =>
        cell.settings['activation'] === activation
          ? { ...cell, measures: { ...cell.measures, [name]: exact(estimate) } }
          : cell,
      );
      return judgedClaims(experiment, changed, values).find((claim) => claim.id === id)?.verdict;
    };
    expect(verdict(value)).toBe('fails');
    expect(verdict(Number.NaN)).toBe('undecided');
  });

  it('draws ρ(σ) where it is positive, and names what is not drawn', () => {
    const [{ rows, caption }] = figures;
    expect(rows).toHaveLength(7 * 13);
    expect(Math.min(...rows.map(({ rho }) => Number(rho)))).toBeGreaterThan(0);
    expect([rows[0]['sigma'], rows[12]['sigma']]).toEqual([0.05, 10]);
    expect(caption).toContain(
      'Not positive, so without a place on a log axis: linear, quadratic (ρ = 0 and ρ = −4σ²).',
    );
  });

  it('takes part of the activations: their claims only', () => {
    const some = runInProcess('zhong2017-thm35', { activation: 'tanh,linear', sigmas: '2' });
    expect(some.claims.map(({ id }) => id)).toEqual(['tanh-satisfies', 'linear-fails-3.2']);
    expect(some.figures[0].caption).not.toContain('relu');
  });
});
