/** The page docs/results.md: every experiment at paper scale, its figures beside what the paper says of them. */
import { join } from 'node:path';
import { EXPERIMENTS } from '../../dist/experiments/registry.js';
import { STATEMENTS } from '../../dist/experiments/papers/statements.js';
import { expectationOf } from '../../dist/nightly/expectations.js';
import { formatCount, formatSeconds } from '../../dist/base/amounts.js';
import { formatEstimate } from '../../dist/report/format.js';
import { MOST_KEPT } from './take.mjs';
import { has, judgedPapers, prose, table } from '../papers/page.mjs';

export const PAGE = join(import.meta.dirname, '..', '..', 'docs/results.md');

const HEAD = `# Results at paper scale

What basin finds when the experiments of the papers run whole: every figure beside what its paper says, and every claim
with the published region, our number and its 95 % interval, and the verdict that follows from the interval.
\`npm run results\` writes this page from \`results/\`. [Every statement of the papers](papers/README.md) lists the same
verdicts statement by statement, with those of smaller runs where an experiment has not run here.

Check any of it: \`basin verify results/rounds/0001 fu2018-fig4\` runs a sample of the stored trials of an experiment again
and compares them bit by bit (another build, processor or BLAS may differ in last bits and says so);
\`basin reproduce fu2018-fig4 --scale paper --seed 1\` runs it from nothing; \`basin compare\` compares two such studies.
Tables: \`trials.parquet\` has every trial, \`cells.csv\` the estimates of every cell.
`;

/** The page that belongs to results and recorded runs. */
export function resultsPage(results, runs) {
  const sections = EXPERIMENTS.map((experiment) => section(experiment, results.get(experiment.id)));
  return [HEAD, summary(results, runs), overview(results), ...sections].join('\n');
}

/** What a referee can quote. */
function summary(results, runs) {
  const rows = judgedPapers(runs).flatMap((paper) => paper.rows);
  const judged = rows.filter(({ claims }) => claims.length > 0);
  const ran = judged.filter(({ groups }) => groups.every(({ run }) => run?.scale === 'paper'));
  const fails = ran.filter((row) => has(row, 'fails'));
  const holds = ran.filter(({ claims }) => claims.every(({ verdict }) => verdict === 'holds'));
  const undecided = ran.length - fails.length - holds.length;
  const hours = sum([...results.values()], ({ coreSeconds }) => coreSeconds);
  const words = [
    `**${rows.length} statements of ${Object.keys(STATEMENTS).length} papers**: ${holds.length} hold, ${fails.length} fail in at least one claim, ` +
      `${undecided} are undecided at this cost, ${judged.length - ran.length} are judged at smaller scale only (a judge of theirs has not run ` +
      `whole, or has settings of its own), and ${rows.length - judged.length} have no claim, each for a reason that ` +
      `[the list](papers/README.md) gives.`,
    `**${formatCount(count(results), 'claim')} of ${results.size} of ${EXPERIMENTS.length} experiments**, ${formatSeconds(hours)} of core time: ${tallied(results)}.`,
  ];
  return `## Summary\n\n${words.join('\n\n')}\n\n${failures(results)}`;
}

const VERDICTS = { holds: 'hold', fails: 'fail', undecided: 'are undecided', 'not-applicable': 'do not apply' };

function allClaims(results) {
  return [...results.values()].flatMap(({ experiment, claims }) => claims.map((claim) => ({ experiment, claim })));
}

function count(results) {
  return allClaims(results).length;
}

function tallied(results) {
  const counts = Object.entries(VERDICTS).map(([verdict, words]) => {
    const number = listed(results, verdict).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  return counts.flat().join(', ');
}

/** Which claims fail, and why; which are undecided. A line for each experiment and reason. */
function failures(results) {
  const why = ({ experiment, claim }) => expectationOf(experiment, claim.id)?.reason ?? 'no reason is known';
  const width = ({ claim }) => claim.reason ?? 'the interval reaches over the edge of what is claimed';
  return [
    grouped('Fails', listed(results, 'fails'), why),
    grouped('Undecided', listed(results, 'undecided'), width),
  ].join('\n');
}

function listed(results, verdict) {
  return allClaims(results).filter(({ claim }) => claim.verdict === verdict);
}

function grouped(title, claims, reasonOf) {
  const groups = new Map();
  for (const one of claims) {
    const head = `- \`${one.experiment}\`: ${prose(reasonOf(one))}`;
    groups.set(head, [...(groups.get(head) ?? []), one]);
  }
  const lines = Array.from(groups, ([head, group]) => {
    const names = group.map(({ claim }) => `\`${claim.id}\` ${formatEstimate(numbersOf(claim))}`);
    return `${head} (${names.join('; ')}).\n`;
  });
  return lines.length === 0 ? '' : `${title}:\n\n${lines.join('')}`;
}

function overview(results) {
  const lines = EXPERIMENTS.map(({ id }) => {
    const result = results.get(id);
    if (result === undefined) return [`[${id}](#${id})`, 'has not run whole', '', '', ''];
    const { trials, coreSeconds, claims } = result;
    const of = (verdict) => claims.filter((claim) => claim.verdict === verdict).length;
    return [`[${id}](#${id})`, trials, formatSeconds(coreSeconds), of('holds'), `${of('fails')} · ${of('undecided')}`];
  });
  return `## Experiments\n\n${table(['experiment', 'trials', 'core time', 'holds', 'fails · undecided'], lines)}`;
}

function section({ id, title, source }, result) {
  const head = `## ${id}\n\n${prose(title)} (${prose(source)}).\n`;
  if (result === undefined) return `${head}\nIt has not run whole at paper scale yet.\n`;
  return [
    head,
    said(id),
    ...result.figures.map((figure) => `![${figure.title}](../results/${id}/figures/${figure.name}.svg)\n`),
    claimTable(id, result),
    madeText(result),
  ].join('\n');
}

/** What the papers say about it. */
function said(id) {
  const statements = Object.entries(STATEMENTS).flatMap(([paper, all]) =>
    all
      .filter(({ judges = [] }) => judges.some(({ experiment }) => experiment === id))
      .map(({ number, says }) => `- ${paper}, ${number}: ${prose(says)}\n`),
  );
  return statements.length === 0 ? '' : `The paper says:\n\n${statements.join('')}`;
}

function claimTable(experiment, { claims }) {
  if (claims.length === 0) return 'No claim is about it.\n';
  const lines = claims.map((claim) => [
    `\`${claim.id}\``,
    prose(claim.statement),
    regionText(claim.region),
    formatEstimate(numbersOf(claim)),
    verdictText(experiment, claim),
  ]);
  return table(['claim', 'statement', 'claimed', 'ours', 'verdict'], lines);
}

function verdictText(experiment, { id, verdict, reason }) {
  const known = verdict === 'fails' ? expectationOf(experiment, id)?.reason : reason;
  return known === undefined ? `**${verdict}**` : `**${verdict}**: ${prose(known)}`;
}

/** JSON has no NaN and no infinity. */
function number(value) {
  return value === null ? Number.NaN : Number(value);
}

function numbersOf({ value, low, high }) {
  return { value: number(value), low: number(low), high: number(high) };
}

function regionText({ low, high }) {
  const [least, most] = [number(low), number(high)];
  const shown = (end) => String(Number(end.toPrecision(6)));
  if (least === most) return shown(least);
  if (least === -Infinity) return `≤ ${shown(most)}`;
  return most === Infinity ? `≥ ${shown(least)}` : `${shown(least)} … ${shown(most)}`;
}

function madeText({ experiment, study, cells, trials, failed, diverged, coreSeconds, seed, makers }) {
  const lost = [failed > 0 && `${failed} failed`, diverged > 0 && `${diverged} diverged`].filter(Boolean);
  const builds = makers.map(({ build, blas, vector }) => `${build} (OpenBLAS core ${blas}, ${vector})`);
  return (
    `${formatCount(trials, 'trial')} in ${formatCount(cells, 'cell')}${lost.length === 0 ? '' : ` (${lost.join(', ')})`}, ${formatSeconds(coreSeconds)} of core time, ` +
    `seed ${seed}, made by ${[...new Set(builds)].join('; ')}. ${tables(experiment, trials, seed, study)}\n`
  );
}

function tables(experiment, trials, seed, study) {
  const cells = `[Cells](../results/${experiment}/cells.csv)`;
  return trials > MOST_KEPT
    ? `${cells}; its trials are too many to keep, and \`basin reproduce ${experiment} --scale paper --seed ${seed}\` makes them again.`
    : `[Every trial](../results/${experiment}/trials.parquet), ${cells.toLowerCase()}; \`basin verify ${study} ${experiment}\`.`;
}

function sum(items, of) {
  return items.reduce((total, item) => total + of(item), 0);
}
