/**
 * A study in the form that simulation studies are asked for: aims, data-generating mechanisms, estimands, methods,
 * performance measures, with the precision that its number of trials reached. Source: Morris, White and Crowther,
 * Statist. Med. 38 (2019) 2074.
 */
import { formatCount, formatNumber, formatSeconds, UNKNOWN } from '../base/amounts.js';
import type { CellSummary, EffectiveSetting, Measure } from '../experiments/spec.js';
import { cellText } from '../settings/cellText.js';
import { intervalOf } from '../statistics/named.js';
import { formatAddress } from '../store/address.js';
import { missingTrials, type ExperimentContent, type ReportContent } from './content.js';
import { named, numeric, prose, type Table } from './table.js';
import { claimTable, findingTable, formatSetting } from './tables.js';

/** Digits of an error or a width. */
const DIGITS = 2;

/** An experiment of a paper does not tell what it draws from what it computes. */
const DRAWS_OF_A_PAPER =
  'The trials of a cell differ in their random numbers alone. What they draw is said by the source and the settings.';

/** A paragraph, a table, or a command to copy. */
export type Block = string | Table | { readonly command: string };

/** A heading with what stands below it. */
export interface AdempPart {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The parts of one experiment of a study, in the order that its readers know. */
export function ademp(content: ExperimentContent, study: ReportContent): AdempPart[] {
  return [
    { title: 'Aims', blocks: aims(content) },
    { title: 'Data-generating mechanisms', blocks: data(content) },
    { title: 'Estimands', blocks: estimands(content) },
    { title: 'Methods', blocks: methods(content) },
    { title: 'Performance measures', blocks: performance(content) },
    { title: 'Number of trials and precision', blocks: precision(content) },
    ...judgements(content),
    { title: 'States of the generator, and computing', blocks: computing(content, study) },
  ];
}

function aims({ experiment, claims }: ExperimentContent): Block[] {
  const description = experiment.about?.().description ?? '';
  const judged: Table = {
    columns: [prose('statement that is judged'), prose('source')],
    rows: claims.map(({ statement, source }) => [statement, source]),
  };
  return [
    `${experiment.title} (${experiment.source})`,
    ...(description === '' ? [] : [description]),
    ...(claims.length === 0 ? [] : [judged]),
  ];
}

/** Settings of a study of one's own, by what they are of; undefined for another experiment, which does not say it. */
function settingsOf({ experiment }: ExperimentContent, role: EffectiveSetting['role']): Table | undefined {
  const about = experiment.about?.();
  return (
    about && {
      columns: [named('setting'), prose('values'), prose('meaning')],
      rows: about.settings
        .filter((setting) => setting.role === role)
        .map(({ name, values, meaning }) => [name, values, meaning]),
    }
  );
}

function data(content: ExperimentContent): Block[] {
  const { experiment, values, cells } = content;
  const all: Table = {
    columns: [named('setting'), prose('values'), prose('meaning')],
    rows: Object.entries(experiment.settings).map(([name, { description }]) => [
      name,
      formatSetting(values[name]),
      description,
    ]),
  };
  const own = settingsOf(content, 'data');
  return [
    `${formatCount(cells.length, 'cell')}, each a combination of settings. ${experiment.about?.().draws ?? DRAWS_OF_A_PAPER}`,
    ...(own === undefined ? ['All settings, those of the methods too:', all] : [own]),
  ];
}

function estimands({ experiment, findings }: ExperimentContent): Block[] {
  return [
    'In each cell, over the law of all that a trial draws:',
    {
      columns: [named('measure'), prose('estimand')],
      rows: experiment.measures.map(({ name, description }) => [name, description]),
    },
    ...(findings.length === 0
      ? []
      : [{ columns: [prose('of several cells')], rows: findings.map(({ statement }) => [statement]) }]),
  ];
}

function methods(content: ExperimentContent): Block[] {
  const { source, about } = content.experiment;
  const own = settingsOf(content, 'method');
  return own === undefined || about === undefined
    ? [`As the source describes them: ${source}.`, ...openChoices(content)]
    : [own, about().randomNumbers.common];
}

function openChoices({ experiment: { openChoices: choices } }: ExperimentContent): Block[] {
  return choices.length === 0
    ? []
    : [{ columns: [prose('choice that the source leaves open')], rows: choices.map((choice) => [choice]) }];
}

function performance(content: ExperimentContent): Block[] {
  const thresholds = settingsOf(content, 'threshold');
  return [
    {
      columns: [named('measure'), prose('interval')],
      rows: content.experiment.measures.map((measure) => [measure.name, intervalText(measure)]),
    },
    ...(thresholds === undefined || thresholds.rows.length === 0 ? [] : ['What counts as such:', thresholds]),
    'Every estimate has its Monte Carlo standard error (MCSE): √(p(1 − p)/n) of a rate, s/√n of a mean, Maritz and Jarrett’s of a quantile, the jackknife’s of a standard deviation or root mean square. Trials are the units: starts on one training set never count as independent.',
  ];
}

function intervalText({ interval, estimate }: Measure): string {
  return interval ?? intervalOf(estimate) ?? '95 % interval of this experiment’s own';
}

function precision(content: ExperimentContent): Block[] {
  const { experiment, cells } = content;
  const asked = experiment.about?.().settings.filter(({ role }) => role === 'trials') ?? [];
  const missing = missingTrials(cells);
  return [
    `Trials per cell: ${range(cells.map(({ trials }) => trials))}${missing === 0 ? '' : ` so far, ${formatCount(missing, 'trial')} of the plan missing`}.`,
    ...asked.map(({ name, values, meaning }) => `${name}: ${values} (${meaning}).`),
    lost(cells),
    'The precision that this number of trials reached, at the worst cell of each measure:',
    {
      columns: [
        named('measure'),
        numeric('largest MCSE'),
        numeric('widest half-interval'),
        numeric('the same / value'),
        numeric('cells without'),
      ],
      rows: experiment.measures.map(({ name }) => [name, ...reached(cells, name)]),
    },
  ];
}

/** The findings and claims with their intervals, where there are any. */
function judgements({ findings, claims }: ExperimentContent): AdempPart[] {
  const blocks = [
    ...(findings.length === 0 ? [] : [findingTable(findings)]),
    ...(claims.length === 0 ? [] : [claimTable(claims)]),
  ];
  return blocks.length === 0 ? [] : [{ title: 'Findings and claims', blocks }];
}

/** What is not in the estimates, which has to be told. */
function lost(cells: readonly CellSummary[]): string {
  const sum = (count: (cell: CellSummary) => number): number => cells.reduce((all, cell) => all + count(cell), 0);
  const counts = [
    ['failed', sum(({ failed }) => failed)],
    ['diverged', sum(({ diverged }) => diverged)],
    ['censored', sum(({ censored = 0 }) => censored)],
  ] as const;
  return `Of all trials ${counts.map(([what, count]) => `${count} ${what}`).join(', ')}. A failed trial is 0 in rates and left out elsewhere; a diverged one has infinite errors; a censored one is in no estimate.`;
}

function reached(cells: readonly CellSummary[], name: string): string[] {
  const estimates = cells.flatMap(({ measures }) => measures[name] ?? []);
  const halves = estimates.map(({ low, high }) => (high - low) / 2);
  return [
    largest(estimates.map(({ mcse }) => mcse)),
    largest(halves),
    largest(estimates.map(({ value }, i) => (halves[i] === Infinity ? Infinity : halves[i] / Math.abs(value)))),
    String(halves.filter(Number.isNaN).length),
  ];
}

/** Of those that are known; an end without a bound makes it infinite. */
function largest(values: readonly number[]): string {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? UNKNOWN : formatNumber(Math.max(...known), DIGITS);
}

function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return counts.length === 0 ? '0' : least === most ? String(least) : `${least} to ${most}`;
}

function computing({ experiment, cells, seconds }: ExperimentContent, study: ReportContent): Block[] {
  const { seed, command, provenance } = study;
  const first = cells.find(({ trials }) => trials > 0);
  const address = first && formatAddress({ experiment: experiment.id, cell: cellText(first.settings), trial: 0 });
  const [of, settings] = experiment.about?.().randomNumbers.key ?? ['the experiment', 'the cell'];
  return [
    `Random numbers are counter-based (Philox4x32-10): the key is made of ${of}, the seed ${seed} and ${settings}, the counter of trial and purpose. So the state of every trial is its address, and this performs one again and compares it bit by bit:`,
    { command: `basin replay DIR '${address ?? 'ADDRESS'}'` },
    'To run or continue:',
    { command },
    {
      columns: [named('name'), prose('value')],
      rows: [['computing time', formatSeconds(seconds)], ...Object.entries(provenance)].map(([name, value]) => [
        name,
        value,
      ]),
    },
  ];
}
