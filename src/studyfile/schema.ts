/** The schema of a study file: the keys, their values, and a JSON Schema of them for editors. */
import { z } from 'zod';
import { MEASURE_NAMES, CURVE_NAMES, RATE_NAMES, STACK_NAMES } from '../experiments/own/measures.js';
import { STUDY_SETTING_TABLE, usualValue } from '../experiments/own/settings.js';
import { describeOne } from '../settings/describe.js';
import type { Allowed } from '../settings/types.js';
import { STREAM_SOURCES } from '../experiments/streamSources.js';
import { FIGURE_KINDS, SCATTER_POINTS } from '../experiments/own/spec.js';
import { STATISTIC_NAMES } from '../statistics/named.js';

const MOST_TRIALS = 1e6;

/** The error texts say what is allowed. The received value is added where the messages are shown. */
const words = (values: readonly string[], description: string) =>
  z.enum(values as [string, ...string[]], { error: `one of ${values.join(', ')}` }).describe(description);
/** A measure: either one of basin's, which editors list, or one that the file defines. */
const measure = (values: readonly string[], description: string) =>
  z.union([words(values, description), z.string()], 'a measure').describe(description);
const text = (description: string) => z.string('a text').describe(description);
const trials = (description: string) =>
  z
    .int(`an integer from 1 to ${MOST_TRIALS}`)
    .min(1, `an integer from 1 to ${MOST_TRIALS}`)
    .max(MOST_TRIALS, `an integer from 1 to ${MOST_TRIALS}`)
    .describe(description);
const number = (least: number, most: number, description: string) => {
  const allowed = `a number from ${least} to ${most}`;
  return z.number(allowed).min(least, allowed).max(most, allowed).describe(description);
};
const flag = (description: string) => z.boolean('true or false').describe(description);

/**
 * One value of a setting. A text for a numeric setting is an expression, which is checked when the grid is evaluated.
 */
export function settingValue(setting: Allowed) {
  const error = numeric(setting) ? `${describeOne(setting)}, or an expression in other settings` : describeOne(setting);
  if (setting.kind === 'choice') return z.enum((setting.words ?? []) as [string, ...string[]], { error });
  if (setting.vocabulary !== undefined) return z.string(error);
  const plain = setting.kind === 'integer' ? z.int(error) : z.number(error);
  return z.union([plain.min(setting.min ?? -Infinity, error).max(setting.max ?? Infinity, error), z.string(error)], {
    error,
  });
}

export function numeric({ kind }: Allowed): boolean {
  return kind === 'integer' || kind === 'number';
}

/** The value as an editor sees it, including `{file: PATH}` when the setting takes a file. */
function valueOrFile(setting: Allowed) {
  const one = settingValue(setting);
  if (setting.file === undefined) return one;
  const path = z.string().describe('.npy, .npz or .csv, from the folder of the study file');
  return z.union([one, z.strictObject({ file: path }).describe(setting.file)]);
}

const gridShape = Object.fromEntries(
  Object.entries(STUDY_SETTING_TABLE).map(([name, setting]) => {
    const one = valueOrFile(setting);
    const usual = usualValue(setting);
    const otherwise = usual === undefined ? '' : ` (default ${usual})`;
    return [
      name,
      z
        .union([one, z.array(one).min(1)])
        .optional()
        .describe(`${setting.description}${otherwise}`),
    ];
  }),
);

export const FIGURE = z
  .strictObject(
    {
      kind: words(
        FIGURE_KINDS,
        'line: a measure against x with interval bars; heat-map: a measure over x and y; bands: percentiles of a curve over the iterations; stacked: outcome classes over x; nested-loop: a measure over all cells; zip: intervals of the trials and their coverage; difference: a paired difference against x; scatter: two measures; vega-lite: a spec of your own over the table of cells',
      ).default('line'),
      measure: measure(
        [...MEASURE_NAMES, ...CURVE_NAMES, ...STACK_NAMES],
        'the measure; with bands the curve, with stacked: starts or sets, with difference its name, with zip an expression',
      ).optional(),
      x: text('axis of the grid, or an expression such as n/d').optional(),
      y: text('the other axis of a heat map').optional(),
      colour: text('setting that tells the lines apart').optional(),
      facet: text('setting that makes panels').optional(),
      title: text('title of the figure').optional(),
      loops: z
        .array(text('a setting'), 'a list of settings')
        .min(1, 'a list of settings')
        .describe('nested-loop: settings from the outermost loop to the innermost')
        .optional(),
      against: text('scatter: the measure along x').optional(),
      points: words(SCATTER_POINTS, 'scatter: a point for each cell, or for each trial').optional(),
      error: text('zip: the standard error of a trial, an expression in measures and settings').optional(),
      truth: z
        .union([z.number(), z.string()], 'a number, or an expression in settings')
        .describe('zip: what the intervals should cover, a number or an expression in settings')
        .optional(),
      spec: z
        .record(z.string(), z.unknown(), 'a Vega-Lite spec without data')
        .describe('vega-lite: a spec over the table of cells')
        .optional(),
      xLog: flag('logarithmic x axis').optional(),
      yLog: flag('logarithmic y axis').optional(),
    },
    'a figure: kind, measure, x, …',
  )
  .describe('a picture of the study');

const PRECISION = z
  .strictObject(
    {
      rate: number(0.001, 0.5, 'half-width of the confidence sequence, of a share').optional(),
      relative: number(0.001, 1, 'half-width of the confidence sequence, divided by the value').optional(),
      measure: words(
        MEASURE_NAMES,
        'the measure; default: recoveryRate with rate, estimationError with relative',
      ).optional(),
      most: trials('trials after which a cell ends in any case').default(100_000),
    },
    'rate or relative, measure, most',
  )
  .describe('trials are added to every cell until the interval of a measure is narrow enough');

const BOUNDARY = z
  .strictObject(
    {
      between: z
        .tuple(
          [settingValue(STUDY_SETTING_TABLE['n']), settingValue(STUDY_SETTING_TABLE['n'])],
          'the least and the largest n, e.g. [20*d, 2000*d]',
        )
        .describe('the search for n stays between these'),
      measure: words(RATE_NAMES, 'the rate').default('recoveryRate'),
      level: number(0.01, 0.99, 'what the rate crosses').default(0.5),
      relative: number(0.01, 1, 'a search ends when n is known up to this factor less 1').default(0.1),
      most: trials('trials after which a search gives up').default(10_000),
    },
    'between, measure, level, relative, most',
  )
  .describe('the n at which a rate crosses a level, for every combination of the grid');

const SUMMARY = z.strictObject(
  {
    of: text('a measure, or an expression in measures and numeric settings, e.g. relativeError/noise'),
    statistic: text(`over the trials: ${STATISTIC_NAMES.join(', ')}`),
  },
  'of and statistic',
);

const STREAMS = z
  .strictObject(
    {
      of: words(
        STREAM_SOURCES.map(({ id }) => id),
        'id of the experiment',
      ),
      version: z.int('an integer of at least 1').min(1, 'an integer of at least 1').describe('of its streams'),
      cells: z
        .array(words(Object.keys(STUDY_SETTING_TABLE), 'a setting'), 'a list of settings')
        .describe('the settings that make its cells'),
    },
    'of, version, cells',
  )
  .describe('the trials have the random numbers of another experiment: basin eject writes this');

const VALUE = z.union([z.number(), z.string()], 'a value of the setting');
const DIFFERENCE = SUMMARY.extend({
  statistic: text(`over the training sets: ${STATISTIC_NAMES.join(', ')}`).default('mean'),
  between: z
    .record(z.string(), z.tuple([VALUE, VALUE], 'two values of the setting'), 'settings, each with two values')
    .describe(
      'settings of the method, each with the value of the first and of the second, e.g. {start: [tensor, sphere]}',
    ),
});

const SCALE = z.strictObject(
  {
    grid: z
      .record(z.string(), z.unknown(), 'settings with their values')
      .describe('values that replace those of the file')
      .optional(),
    trials: trials('trials per cell').optional(),
    precision: PRECISION.optional(),
    boundary: BOUNDARY.optional(),
  },
  'grid, trials, precision, boundary',
);

const shape = {
  title: text('what the study asks'),
  description: text('more about it').optional(),
  use: z
    .array(text('path of a module, from the folder of this file'), 'a list of paths, e.g. [./mine.ts]')
    .min(1, 'a list of paths, e.g. [./mine.ts]')
    .describe('modules of your own (TypeScript or JavaScript) whose words this file uses')
    .optional(),
  seed: z
    .int('an integer from 0 to 2^53 - 1')
    .min(0, 'an integer from 0 to 2^53 - 1')
    .default(1)
    .describe('seed of the study'),
  streams: STREAMS.optional(),
  trials: trials(
    'trials per cell; with precision those of the first look, with boundary the fewest at once at one n',
  ).default(20),
  precision: PRECISION.optional(),
  boundary: BOUNDARY.optional(),
  measures: z
    .array(measure(MEASURE_NAMES, 'a measure'), 'a list of measures')
    .default([])
    .describe('measures shown in tables'),
  summaries: z
    .record(z.string(), SUMMARY, 'names, each with of and statistic')
    .optional()
    .describe(
      'measures of the study itself, shown after those: statistics over the trials, computed from what is stored',
    ),
  differences: z
    .record(z.string(), DIFFERENCE, 'names, each with of and between')
    .optional()
    .describe('paired differences: a measure under one method minus the same under another, on the same training sets'),
  figure: FIGURE.optional(),
  figures: z.array(FIGURE, 'a list of figures').optional().describe('several pictures'),
  scales: z
    .strictObject({ smoke: SCALE.optional(), quick: SCALE.optional() }, 'smoke or quick')
    .optional()
    .describe('replacements for smaller runs, chosen by --scale'),
};

/** The schema of the file. grid.ts checks the values of the grid one by one, with their positions. */
export const FILE = z.strictObject(
  { ...shape, grid: z.record(z.string(), z.unknown(), 'settings with their values') },
  'title, grid, trials, …',
);

export type File = z.infer<typeof FILE>;

/** The JSON Schema of a study file (draft 2020-12). */
export function studyJsonSchema(): object {
  const grid = z.strictObject(gridShape).describe('settings: one value is fixed, a list is an axis');
  const scale = SCALE.extend({ grid: grid.optional() });
  const file = z.strictObject({
    ...shape,
    grid,
    scales: z.strictObject({ smoke: scale.optional(), quick: scale.optional() }).optional(),
  });
  return { title: 'basin study', ...z.toJSONSchema(file, { io: 'input', reused: 'inline' }) };
}
