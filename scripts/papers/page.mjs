/** The page docs/papers/README.md, from the statements of the papers and recorded runs. */
import { join } from 'node:path';
import { findExperiment } from '../../dist/experiments/registry.js';
import { standsFor } from '../../dist/experiments/papers/statement.js';
import { STATEMENTS } from '../../dist/experiments/papers/statements.js';
import { expectationOf } from '../../dist/nightly/expectations.js';
import { formatEstimate } from '../../dist/report/format.js';
import { isSameStudy } from './runs.mjs';
import { statedClaims } from './stated.mjs';

export const PAGE = join(import.meta.dirname, '..', '..', 'docs/papers/README.md');

const NOT_RUN = 'not run';
/** In the order in which they are counted, with their words. */
const VERDICTS = {
  holds: 'holds',
  fails: 'fails',
  undecided: 'undecided',
  'not-applicable': 'not at this size',
  [NOT_RUN]: NOT_RUN,
};

const HEAD = `# Every statement of the papers

One line for each theorem, lemma, proposition, corollary, remark, claim and figure, with the claims of basin that judge
it, or with the reason why nothing does. Definitions and assumptions have a line where the paper says that something
satisfies them. \`npm run papers\` writes this page from
\`src/experiments/papers/statements.ts\` (the list of statements), \`results/\` (the [evidence](../results.md) at paper
scale) and, for what is not there, \`docs/papers/verdicts.json\` (what the claims said when each experiment was last run
whole). \`npm run papers -- --only fu2018-thm1 --scale quick\` runs an experiment again
first; \`scripts/papers.mjs\` describes the other options.

- The scale of the run is in brackets. \`*\` stands for the values in a claim's id; a single claim is shown with its
  number and interval. Of several claims those that fail are named.
- A claim **holds** or **fails** when the whole interval is inside or outside the region that the statement allows;
  otherwise it is **undecided**, which at smoke and quick scale mostly means too few trials. **Not at this size**: the
  claim is about the settings that the paper prints, and the run had others. **Not run**: no recorded run of the
  experiment's present version has the claim.
- “Fails: …” is the reason that is known for a failure at paper scale (\`src/nightly/expectations.ts\`).
- The page of each paper has the numbers at larger scales, what was chosen where the paper leaves something open, and
  the errors found in it.
`;

/** The statements of each paper with what their judges say. */
export function judgedPapers(runs) {
  return Object.entries(STATEMENTS).map(([paper, statements]) => ({
    paper,
    rows: statements.map((statement) => judgedStatement(statement, runs)),
  }));
}

/** The page that belongs to recorded runs. */
export function papersPage(runs) {
  const papers = judgedPapers(runs);
  return [HEAD, summary(papers), ...papers.map(section), runsSection(runs)].join('\n');
}

/** A statement with what its judges say. */
function judgedStatement({ number, says, judges = [], open }, runs) {
  const groups = judges.map((judge) => judgement(judge, runs));
  const claims = new Map(
    groups.flatMap(({ judge, patterns }) =>
      patterns.flatMap((pattern) => pattern.claims.map((claim) => [`${judge.experiment} ${claim.claim}`, claim])),
    ),
  );
  return { number, says, open, groups, claims: [...claims.values()] };
}

/** The claims of a judge, pattern by pattern, from the run of its experiment. */
function judgement(judge, runs) {
  const study = { experiment: judge.experiment, set: judge.set ?? {} };
  const { version } = findExperiment(judge.experiment);
  const run = runs.find((one) => isSameStudy(one, study) && one.version === version);
  const stated = statedClaims(study, run?.scale ?? 'quick');
  const recorded = new Map(run?.claims.map((claim) => [claim.claim, claim]));
  const claims = stated.map((claim) => ({
    experiment: judge.experiment,
    ...(recorded.get(claim) ?? { claim, verdict: NOT_RUN }),
  }));
  const patterns = judge.claims.map((pattern) => ({
    pattern,
    claims: claims.filter(({ claim }) => standsFor(pattern, claim)),
  }));
  return { judge, run, patterns };
}

function summary(papers) {
  const line = ({ paper, rows }) => {
    const judged = rows.filter(({ claims }) => claims.length > 0);
    const fails = judged.filter((row) => has(row, 'fails'));
    const holds = judged.filter((row) => row.claims.every(({ verdict }) => verdict === 'holds'));
    const counts = [rows, holds, fails, judged.filter((row) => !holds.includes(row) && !fails.includes(row))];
    return [`[${paper}](#${paper})`, ...counts.map(({ length }) => length), rows.length - judged.length];
  };
  return table(
    ['paper', 'statements', 'every claim holds', 'a claim fails', 'open at the scale run', 'not covered'],
    papers.map(line),
  );
}

export function has({ claims }, wanted) {
  return claims.some(({ verdict }) => verdict === wanted);
}

function section({ paper, rows }) {
  const lines = rows.map((row) => [row.number, prose(row.says), judgesText(row), verdictText(row)]);
  const more = `[${paper}.md](${paper}.md): what was chosen, and the results.`;
  return `## ${paper}\n\n${more}\n\n${table(['statement', 'in our words', 'judged by', 'verdict'], lines)}`;
}

function judgesText({ groups }) {
  if (groups.length === 0) return '–';
  return groups.map(judgeText).join('<br>');
}

function judgeText({ judge, run, patterns }) {
  const settings = Object.entries(judge.set ?? {}).map(([key, value]) => `${key} = ${value}`);
  const where = [run?.scale ?? NOT_RUN, ...settings].join(', ');
  return `\`${judge.experiment}\` (${where}): ${patterns.map(patternText).join('; ')}`;
}

function patternText({ pattern, claims }) {
  const [first, ...others] = claims;
  if (first === undefined) return `\`${pattern}\` not at this scale`;
  const hasNumber = others.length === 0 && ['holds', 'fails', 'undecided'].includes(first.verdict);
  if (!hasNumber) return `\`${pattern}\` ${tally(claims)}${failures(claims)}`;
  const unknown = (number) => number ?? Number.NaN;
  const [value, low, high] = [first.value, first.low, first.high].map(unknown);
  return `\`${pattern}\` ${VERDICTS[first.verdict]}, ${formatEstimate({ value, low, high })}`;
}

/** Which claims of a pattern fail, where others do not. */
function failures(claims) {
  const names = claims.filter(({ verdict }) => verdict === 'fails').map(({ claim }) => `\`${claim}\``);
  return names.length === 0 || names.length === claims.length ? '' : ` (${names.join(', ')})`;
}

/** `holds 3, undecided 1`; without the count where there is one claim. */
function tally(claims) {
  const counts = Object.keys(VERDICTS).map((verdict) => [verdict, claims.filter((one) => one.verdict === verdict)]);
  return counts
    .filter(([, { length }]) => length > 0)
    .map(([verdict, { length }]) => (claims.length === 1 ? VERDICTS[verdict] : `${VERDICTS[verdict]} ${length}`))
    .join(', ');
}

function verdictText({ claims, open }) {
  if (claims.length === 0) return `**not covered**<br>${prose(open)}`;
  const failed = claims.filter(({ verdict }) => verdict === 'fails');
  const reasonOf = ({ experiment, claim }) => expectationOf(experiment, claim)?.reason;
  const known = new Set(failed.map(reasonOf).filter((reason) => reason !== undefined));
  const unexplained = failed.filter((claim) => reasonOf(claim) === undefined).map(({ claim }) => `\`${claim}\``);
  return [
    `**${tally(claims)}**`,
    ...[...known].map((reason) => `Fails: ${prose(reason)}.`),
    ...(unexplained.length === 0 ? [] : [`Fails at this scale without a known reason: ${unexplained.join(', ')}.`]),
    ...(open === undefined ? [] : [`Not covered: ${prose(open)}`]),
  ].join('<br>');
}

/** Without emphasis: an asterisk is one. */
export function prose(text) {
  return text.replaceAll('*', '\\*');
}

function runsSection(runs) {
  const lines = runs.map(({ experiment, version, scale, seed, set, build, claims }) => [
    `\`${experiment}\``,
    version,
    [scale, ...Object.entries(set).map(([key, value]) => `${key} = ${value}`)].join(', '),
    seed,
    tally(claims),
    `\`${build}\``,
  ]);
  return `## The recorded runs\n\n${table(['experiment', 'version', 'scale', 'seed', 'claims', 'build'], lines)}`;
}

export function table(head, lines) {
  const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('');
}
