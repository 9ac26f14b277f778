import { coreSeconds } from '../../app/describe.js';
import { EXPERIMENTS, findExperiment } from '../../experiments/registry.js';
import type { Experiment } from '../../experiments/spec.js';
import { SCALES, type Scale } from '../../settings/scale.js';
import type { Setting } from '../../settings/types.js';
import { formatSeconds } from '../../base/amounts.js';
import { key, named, prose } from '../../report/table.js';
import { describeAllowed } from '../../settings/describe.js';
import { gridOf } from '../../study/grid/cells.js';
import { resolveValues } from '../../study/grid/values.js';
import { paragraph, print, printJson, table } from '../output.js';

/** `basin list`: lists what can be reproduced and its cost. With an id, it also lists the settings. */
export const act = () => (id: string | undefined, options: { json?: boolean }) => {
  const chosen = id === undefined ? EXPERIMENTS : [findExperiment(id)];
  const described = chosen.map((experiment) => describe(experiment, id !== undefined));
  if (options.json) printJson(id === undefined ? { experiments: described } : described[0]);
  else print(id === undefined ? overview(described) : details(chosen[0], described[0]));
};

/** Width of a column of costs: the longest is `99 min 59 s`. */
const COST_WIDTH = 13;

interface Description {
  readonly id: string;
  readonly paper: string;
  readonly figure: string;
  readonly title: string;
  /** estimated core seconds at each scale */
  readonly coreSeconds: Readonly<Record<Scale, number>>;
  readonly parameters?: readonly (Setting & { readonly key: string })[];
}

function describe(experiment: Experiment, withParameters: boolean): Description {
  const { id, paper, source, title } = experiment;
  const seconds = Object.fromEntries(SCALES.map((scale) => [scale, estimatedCoreSeconds(experiment, scale)])) as Record<
    Scale,
    number
  >;
  const parameters = Object.entries(experiment.settings).map(([name, setting]) => ({ key: name, ...setting }));
  return { id, paper, figure: source, title, coreSeconds: seconds, ...(withParameters ? { parameters } : {}) };
}

function estimatedCoreSeconds(experiment: Experiment, scale: Scale): number {
  const values = resolveValues(experiment, scale, new Map());
  return coreSeconds(experiment, gridOf({ experiment, values }, 1).cells);
}

/** By paper: a line with id and costs, and the title under it. */
function overview(descriptions: readonly Description[]): string {
  const longest = Math.max(...descriptions.map(({ id }) => id.length));
  const line = (id: string, costs: readonly string[]): string =>
    id.padEnd(longest) + costs.map((cost) => cost.padStart(COST_WIDTH)).join('');
  const entry = ({ id, paper, figure, title, coreSeconds: seconds }: Description): string[] => [
    line(
      id,
      SCALES.map((scale) => formatSeconds(seconds[scale])),
    ),
    `  ${paragraph(`${title} (${withoutPaper(figure, paper)})`, '  ')}`,
  ];
  const papers = [...new Set(descriptions.map(({ paper }) => paper))];
  return [
    line('core time', SCALES),
    ...papers.flatMap((paper) => [
      '',
      `${paper}:`,
      ...descriptions.filter((one) => one.paper === paper).flatMap(entry),
    ]),
  ].join('\n');
}

function withoutPaper(figure: string, paper: string): string {
  return figure.startsWith(`${paper}, `) ? figure.slice(paper.length + 2) : figure;
}

function details(experiment: Experiment, description: Description): string {
  const shown = (value: unknown): string => (Array.isArray(value) ? abbreviated(value) : String(value));
  const rows = Object.entries(experiment.settings).map(([name, setting]) => [
    name,
    setting.description,
    describeAllowed(setting),
    ...SCALES.map((scale) => shown(setting.default[scale])),
  ]);
  return [
    paragraph(`${description.id}: ${description.title} (${description.figure})`),
    `core time: ${SCALES.map((scale) => `${scale} ${formatSeconds(description.coreSeconds[scale])}`).join(', ')}`,
    'choices that the paper leaves open:',
    ...experiment.openChoices.map((choice) => `  - ${paragraph(choice, '    ')}`),
    '',
    table([key(named('--set key')), prose('meaning'), prose('allowed'), ...SCALES.map(prose)], rows),
  ].join('\n');
}

function abbreviated(values: readonly unknown[]): string {
  const texts = values.map(String);
  return texts.length <= 6
    ? texts.join(', ')
    : `${texts.slice(0, 3).join(', ')}, …, ${texts[texts.length - 1]} (${texts.length})`;
}
