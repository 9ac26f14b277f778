/** How runs are shown: tables of text, the same in the terminal and in `docs/benchmarks.md`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AIM_DIGITS, AIMS, boundOf, judged, limitOf } from './aims.mjs';
import { peakOf, shown, spread } from './statistics.mjs';

const DIGITS = { 'of dgemm': 2, 'of limit': 2, 'of read rate': 2 };

function markdownTable(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The columns of a run's kernels: median and, in brackets, lowest and highest round. */
export function tableText({ table, titles }) {
  if (table === undefined) return 'The kernels were not measured.';
  const columns = Object.keys(Object.values(table)[0]);
  const rows = Object.entries(table).map(([name, row]) => [
    `${name} ${titles[name]}`,
    ...columns.map((column) => shown(row[column], DIGITS[column])),
  ]);
  return markdownTable(['workload', ...columns], rows);
}

const aimText = ({ least, or }, bound) =>
  `${least === undefined ? '≤' : '≥'} ${bound}${or === undefined ? '' : `, or ${or.result} ≥ ${or.least}`}`;

function resultText({ or, apart = '–' }, { values, other }) {
  if (values === undefined) return apart;
  const text = shown(values, AIM_DIGITS);
  return other === undefined ? text : `${text}; ${or.result} ${shown(other, AIM_DIGITS)}`;
}

/** Every aim of the run's vector target beside what the run says of it. */
export function aimsTable(run) {
  const target = run.vectorTarget;
  const rows = AIMS.filter((aim) => boundOf(aim, target) !== undefined).map((aim) => {
    const judgement = judged(aim, run);
    const { bound, verdict } = judgement;
    const limit = verdict === 'not met' ? limitOf(aim, target) : '';
    return [aim.result, aimText(aim, bound), resultText(aim, judgement), verdict, limit];
  });
  return markdownTable(['row', 'aim', 'result', 'aim is', 'what limits it'], rows);
}

/** dgemm's rate by whoever brings one, the contenders' versions, who did not take part, and what failed. */
export function surroundings({ rounds, openblas, vectorTarget, peers, failed = {} }) {
  const failures = Object.entries(failed).map(([name, message]) => `${name} failed: ${message}`);
  const target = `vector target of basin's kernels: ${vectorTarget}`;
  if (rounds === undefined) return [target, ...failures];
  const dgemm = (name) => `${shown(spread(rounds.map((round) => round.dgemm[name])))} GFLOP/s`;
  const versions = Object.entries(peers.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `dgemm 1024³ of basin's OpenBLAS (kernel ${openblas.core}): ${dgemm('basin')}`,
    ...('NumPy' in rounds[0].dgemm ? [`dgemm 1024³ of NumPy's BLAS (${peers.blas.NumPy}): ${dgemm('NumPy')}`] : []),
    `the faster of them in each round is "dgemm" below: ${shown(spread(rounds.map(peakOf)))} GFLOP/s`,
    target,
    ...(versions.length > 0 ? [`contenders: ${versions.join(', ')}`] : []),
    ...peers.missing,
    ...failures,
  ];
}

function section(run) {
  const { machine } = run;
  const rounds = run.rounds === undefined ? '' : `, ${run.rounds.length} rounds`;
  return `## ${run.vectorTarget}

${run.date.slice(0, 10)}, commit ${run.commit ?? 'unknown'}, ${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${run.node},
${run.compiler}. One thread each, CPU time${rounds}: median (lowest–highest).

${surroundings(run)
  .map((line) => `- ${line}`)
  .join('\n')}

${tableText(run)}

${aimsTable(run)}
`;
}

/** The page of the recorded runs, one section each. */
export function page(runs) {
  return `# Benchmarks

The recorded run of each vector target. Written by \`npm run bench -- --record\`: do not edit. What the columns of the
first table mean and why they are what they are: [performance.md](performance.md). The second table has the aims, from
\`bench/aims.mjs\`; an aim is met by the median. Stored trials are 10⁶; their seconds are CPU time, those of the
coordination the wall's.

${runs.map(section).join('\n')}`;
}

/** The page of the runs in a folder, in the layout of the repository. */
export async function recordedPage(folder) {
  const files = readdirSync(folder).sort().reverse();
  const runs = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const prettier = await import('prettier');
  const style = await prettier.resolveConfig(join(import.meta.dirname, 'record.mjs'));
  return prettier.format(page(runs), { ...style, parser: 'markdown' });
}
