/** Where results go: whole or an error, through pipes and to stdout, over earlier files with a word. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { openStudy } from '../../src/store/open.js';
import { IDENTITY } from '../study/toy.js';
import { BIN, isRefusal, scratchFolder, flags } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const at = (name: string): string => join(folder, name);
const STUDY = 'title: x\ngrid: {K: 1, d: 2, n: 5, iterations: 1}\ntrials: 2\nmeasures: [relativeError]\n';
const SCORE = ['score', '--samples', at('X.npy'), '--leave-one-out', '--bandwidth', '1', '--order', '1'];
const PLAN = ['plan', at('study.yaml')];

beforeAll(() => {
  writeNpy(
    at('X.npy'),
    Float64Array.from({ length: 40 }, (_, i) => Math.sin(i * i)),
    [20, 2],
  );
  writeNpy(
    at('y.npy'),
    Float64Array.from({ length: 20 }, (_, i) => Math.cos(i)),
    [20],
  );
  writeNpy(at('W.npy'), Float64Array.of(0.5, -0.25), [1, 2]);
  writeFileSync(at('study.yaml'), STUDY);
});

/** What a command says on stderr, run in this process. */
async function said(...args: string[]): Promise<string[]> {
  const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  await (await buildProgram(() => undefined)).parseAsync(args, { from: 'user' });
  const lines = errors.mock.calls.map(([line]) => String(line).trimEnd());
  errors.mockRestore();
  printed.mockRestore();
  return lines;
}

describe('results that are there already', () => {
  const data = ['--x', at('X.npy'), '--y', at('y.npy'), '--activation', 'tanh'];
  const fit = [
    'fit',
    ...data,
    ...flags({ loss: 'squared', start: at('W.npy'), 'step-size': '0.1', iterations: '2', out: at('fitted') }),
  ];
  const replaced = (name: string): string => `basin: ${at(name)}: replaced; it was there already`;

  it.each<[string, string[], string[]]>([
    ['fit', [...fit, '--train-v'], ['fitted/weights.npy', 'fitted/v.npy']],
    [
      'hessian',
      ['hessian', ...data, '--loss', 'squared', '--weights', at('W.npy'), '--out', at('curvature')],
      ['curvature/hessian.npy'],
    ],
    ['score', [...SCORE, '--out', at('scores.npy')], ['scores.npy']],
  ])('are replaced by %s, which says so', async (_, command, names) => {
    expect(await said(...command)).toEqual([]);
    expect(await said(...command)).toEqual(names.map(replaced));
  });

  it('are replaced by export, which says so', async () => {
    const study = at('few');
    openStudy(study, IDENTITY).close();
    const command = ['export', study, '--format', 'csv', '--out', at('few.csv')];
    expect(await said(...command)).toEqual([]);
    expect(await said(...command)).toEqual([replaced('few.csv')]);
  });

  it('and not written by this run are named', async () => {
    expect(await said(...fit)).toEqual([
      replaced('fitted/weights.npy'),
      `basin: ${at('fitted/v.npy')}: is not of this run; it was there already`,
    ]);
  });
});

describe('standard output', () => {
  it('takes an array, and the words for a person go to stderr', () => {
    const run = spawnSync(process.execPath, [BIN, ...SCORE, '--out', '-']);
    writeFileSync(at('piped.npy'), run.stdout);
    expect([run.status, readNpy(at('piped.npy')).shape]).toEqual([0, [20, 2]]);
    expect(run.stderr.toString()).toContain('singular points');
  });

  it.each<[string, string[]]>([
    ['--out', [...SCORE, '--out', '-']],
    ['-o', [...PLAN, '-o', '/dev/stdout']],
  ])('does not take %s and --json both', async (option, command) => {
    await expect(said(...command, '--json')).rejects.toThrow(
      `${option} and --json must not both go to standard output`,
    );
  });

  it('that is a file takes all of a document, or basin says that it does not', () => {
    const script = 'ulimit -f 2; "$0" "$1" schema > "$2"';
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, BIN, at('schema.json')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      2,
      'basin: standard output: cannot be written: the file would be larger than allowed\n',
    ]);
  });
});

it('a plan goes through a pipe, and is not read back from it', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  await expect(said(...PLAN, '-o', at('pipe'))).rejects.toThrow('nobody reads this pipe');
  const { stdout } = spawnSync(
    'sh',
    [
      '-c',
      'cat "$3" & "$0" "$1" plan "$2" -o "$3" > /dev/null; wait',
      process.execPath,
      BIN,
      at('study.yaml'),
      at('pipe'),
    ],
    { encoding: 'utf8' },
  );
  expect(JSON.parse(stdout)).toMatchObject({ hash: expect.any(String) as string });
});

describe('a limit of file sizes', () => {
  const study = at('study');
  beforeAll(async () => {
    writeFileSync(at('many.yaml'), STUDY.replace('trials: 2', 'trials: 3000'));
    expect(await here('run', at('many.yaml'), '--out', study, '--workers', '1')).toMatchObject({ code: 0 });
  });

  it.each(['csv', 'json', 'parquet'])('ends an export as %s, and the earlier file stays', (format) => {
    const out = at(`table.${format}`);
    writeFileSync(out, 'earlier');
    const before = readdirSync(folder);
    // 33 KiB: SQLite's own -shm fits, the table does not.
    const script = 'ulimit -f 66; exec "$@"';
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', script, 'sh', process.execPath, BIN, 'export', study, '--format', format, '--out', out],
      { encoding: 'utf8' },
    );
    expect(isRefusal({ code: status, stdout, stderr }), stderr).toBe(true);
    expect(stderr).toBe(`basin: ${out}: cannot be written: the file would be larger than allowed\n`);
    expect([readFileSync(out, 'utf8'), readdirSync(folder)]).toEqual(['earlier', before]);
  });
});
