/** Made-up results of an experiment: what every cell would show if something were true, sharply or hardly at all. */
import { judgedClaims } from '../../../src/experiments/claims.js';
import { findExperiment } from '../../../src/experiments/registry.js';
import type { CellSummary, Claim, Experiment } from '../../../src/experiments/spec.js';
import type { ValuesByName, Settings } from '../../../src/settings/types.js';
import { errorOfInterval, exact, UNKNOWN, type Estimate } from '../../../src/statistics/estimate.js';
import { BAND_PERCENTILES } from '../../../src/statistics/quantiles.js';
import { binomialRate } from '../../../src/statistics/rates.js';
import { resolveValues } from '../../../src/study/grid/values.js';

/** `wide`: intervals so wide, and trials so few, that they leave everything open; `missing`: no trial yet. */
export type Sharpness = 'sharp' | 'wide' | 'missing';

type Truth = number | ((settings: Settings) => number);
export type TrueMeasure = (settings: Settings, sharpness: Exclude<Sharpness, 'missing'>) => Estimate;
export type World = Readonly<Record<string, TrueMeasure>>;

const TRIALS = { sharp: 4000, wide: 1, missing: 0 } as const;

function estimate(value: number, low: number, high: number): Estimate {
  const mcse = errorOfInterval({ value, low, high });
  return { value, low, high, mcse, sd: mcse };
}

function at(truth: Truth, settings: Settings): number {
  return typeof truth === 'number' ? truth : truth(settings);
}

/** A positive quantity: its interval is symmetric in the logarithm. */
export function positive(truth: Truth): TrueMeasure {
  return (settings, sharpness) => {
    const [value, factor] = [at(truth, settings), sharpness === 'sharp' ? 1.001 : 100];
    return estimate(value, value / factor, value * factor);
  };
}

/** A quantity of either sign, known to `accuracy` or hardly at all. */
export function signed(truth: Truth, accuracy = 1e-3): TrueMeasure {
  return (settings, sharpness) => {
    const [value, half] = [at(truth, settings), sharpness === 'sharp' ? accuracy : 1e6];
    return estimate(value, value - half, value + half);
  };
}

/** A quantity known to rounding, or to a unit. */
export function exactly(truth: Truth): TrueMeasure {
  return (settings, sharpness) => {
    const value = at(truth, settings);
    return sharpness === 'sharp' ? exact(value) : estimate(value, value - 1, value + 1);
  };
}

/** A share of the trials. */
export function share(truth: Truth): TrueMeasure {
  return (settings, sharpness) => binomialRate(Math.round(at(truth, settings) * TRIALS[sharpness]), TRIALS[sharpness]);
}

/** A share that rises with a setting from 0 to 1, and is ½ where said. */
export function rising(name: string, half: Truth, steepness = 8): TrueMeasure {
  return share((settings) => 1 / (1 + (at(half, settings) / Number(settings[name])) ** steepness));
}

/** A share that falls with a setting from 1 to 0, and is ½ where said. */
export function falling(name: string, half: Truth, steepness = 8): TrueMeasure {
  return rising(name, half, -steepness);
}

/** c · Π setting^power. */
export function power(powers: Readonly<Record<string, number>>, factor = 1): (settings: Settings) => number {
  return (settings) =>
    Object.entries(powers).reduce((product, [name, exponent]) => product * Number(settings[name]) ** exponent, factor);
}

/** The same truth for the percentiles of an error. */
export function percentiles(truth: Truth): World {
  return Object.fromEntries(BAND_PERCENTILES.map((p) => [`error${p}`, positive(truth)]));
}

const REPLICATES = 40;

/** Resamples of the percentiles of an error, where an experiment has them. */
function replicatesOf(measures: CellSummary['measures'], sharpness: Sharpness, salt: number): Float64Array {
  const spread = sharpness === 'sharp' ? 1e-4 : 5;
  return Float64Array.from({ length: REPLICATES * BAND_PERCENTILES.length }, (_, i) => {
    const noise = 2 * ((0.618 * (i + 1) * (salt + 1)) % 1) - 1;
    return measures[`error${BAND_PERCENTILES[i % BAND_PERCENTILES.length]}`].value * Math.exp(spread * noise);
  });
}

function cellsOf(experiment: Experiment, values: ValuesByName, world: World, sharpness: Sharpness): CellSummary[] {
  return experiment.cells(values).map(({ settings }, index) => {
    const measures = Object.fromEntries(
      experiment.measures.map(({ name }) => [
        name,
        sharpness === 'missing' ? UNKNOWN : (world[name]?.(settings, sharpness) ?? UNKNOWN),
      ]),
    );
    const trials = TRIALS[sharpness];
    const replicates =
      sharpness === 'missing'
        ? new Float64Array(0)
        : replicatesOf({ ...unknownPercentiles, ...measures }, sharpness, index);
    return {
      settings,
      trials,
      planned: Math.max(trials, 1),
      failed: 0,
      diverged: 0,
      measures,
      replicates: { percentiles: replicates },
    };
  });
}

const unknownPercentiles = Object.fromEntries(BAND_PERCENTILES.map((p) => [`error${p}`, UNKNOWN]));

/** The claims of an experiment at paper scale in a world. */
export function claimsIn(
  id: string,
  world: World,
  sharpness: Sharpness,
  overrides: Readonly<Record<string, string>> = {},
): Claim[] {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'paper', new Map(Object.entries(overrides)));
  return judgedClaims(experiment, cellsOf(experiment, values, world, sharpness), values);
}
