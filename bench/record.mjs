/** How a run is shown: a table of text, the same in the terminal and in `docs/benchmarks.md`. */
import { peakOf, spread } from './statistics.mjs';

const DIGITS = { 'of dgemm': 2, 'of limit': 2 };

export function shown({ median, low, high }, digits = 1) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

function markdownTable(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The columns of a run: median and, in brackets, lowest and highest round. */
export function tableText({ table, titles }) {
  const columns = Object.keys(Object.values(table)[0]);
  const rows = Object.entries(table).map(([name, row]) => [
    `${name} ${titles[name]}`,
    ...columns.map((column) => shown(row[column], DIGITS[column])),
  ]);
  return markdownTable(['workload', ...columns], rows);
}

/** dgemm's rate by whoever brings one, the contenders' versions, and who did not take part. */
export function surroundings({ rounds, openblas, vectorTarget, peers }) {
  const dgemm = (name) => `${shown(spread(rounds.map((round) => round.dgemm[name])))} GFLOP/s`;
  const versions = Object.entries(peers.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `dgemm 1024³ of basin's OpenBLAS (kernel ${openblas.core}): ${dgemm('basin')}`,
    ...('NumPy' in rounds[0].dgemm ? [`dgemm 1024³ of NumPy's BLAS (${peers.blas.NumPy}): ${dgemm('NumPy')}`] : []),
    `the faster of them in each round is "dgemm" below: ${shown(spread(rounds.map(peakOf)))} GFLOP/s`,
    `vector target of basin's kernels: ${vectorTarget}`,
    ...(versions.length > 0 ? [`contenders: ${versions.join(', ')}`] : []),
    ...peers.missing,
  ];
}

/** The page of the newest recorded run. */
export function page(run) {
  const { machine } = run;
  return `# Benchmarks

The newest recorded run. Written by \`npm run bench -- --record\`: do not edit. What the columns mean and why they are what they
are: [performance.md](performance.md).

${run.date.slice(0, 10)}, commit ${run.commit ?? 'unknown'}, ${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${run.node},
${run.compiler}. One thread each, CPU time, ${run.rounds.length} rounds: median (lowest–highest).

${surroundings(run)
  .map((line) => `- ${line}`)
  .join('\n')}

${tableText(run)}
`;
}
