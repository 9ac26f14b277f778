/** Studies whose teacher, inputs and starts are files of numbers: on one machine, on several, and after they are gone. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { trialTable } from '../study/toy.js';
import { basin, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const dir = scratchFolder();
const at = (name: string): string => join(dir, name);

const STUDY = `title: given
grid:
  K: 2
  d: 3
  n: [10, 20]
  teacher: [gaussian, {file: numbers/W.npy}]
  inputs: {file: numbers/X.csv}
  start: {file: numbers/W0.npy}
  starts: 2
  labels: regression
  noise: 0.1
  iterations: 20
trials: 3
`;
const X = Array.from({ length: 20 }, (_, i) => [Math.sin(i), Math.cos(3 * i), i % 5]);
const W = Float64Array.of(1, 0, -1, 0.5, 2, 0.25);
const W0 = Float64Array.from({ length: 18 }, (_, at) => Math.cos(at));

function write(): void {
  mkdirSync(at('numbers'), { recursive: true });
  writeFileSync(at('numbers/X.csv'), X.map((row) => `${row.join(',')}\n`).join(''));
  writeNpy(at('numbers/W.npy'), W, [2, 3]);
  writeNpy(at('numbers/W0.npy'), W0, [3, 2, 3]);
  writeFileSync(at('study.yaml'), STUDY);
}

async function complete(...args: string[]): Promise<void> {
  expect(await hereJson(...args)).toMatchObject({ complete: true });
}

describe('a study of files', () => {
  beforeAll(async () => {
    write();
    await complete('run', at('study.yaml'), '--out', at('study'));
  });

  it('is said by check, with what cells call its files', async () => {
    const { stdout } = await here('check', at('study.yaml'));
    expect(stdout).toMatch(/4 cells, 12 trials\n/);
    expect(stdout).toMatch(/numbers\/W0\.npy: \(3, 2, 3\), file:[0-9a-f]{16} in cells\n/);
    expect(await hereJson('check', at('study.yaml'))).toMatchObject({
      numbers: [{ path: 'numbers/W.npy', shape: [2, 3] }, { path: 'numbers/X.csv' }, { path: 'numbers/W0.npy' }],
    });
  });

  it('draws the first rows, the teacher and the first starts', async () => {
    await hereJson(
      'draw',
      at('study.yaml'),
      ...flags({ cell: await cellOf('n=10', 'teacher=file'), trial: '1', out: at('drawn') }),
    );
    expect(readNpy(at('drawn/X.npy'))).toEqual({ shape: [10, 3], values: Float64Array.from(X.slice(0, 10).flat()) });
    expect(readNpy(at('drawn/teacher.npy')).values).toEqual(W);
    expect(readNpy(at('drawn/start.npy'))).toEqual({ shape: [2, 2, 3], values: W0.subarray(0, 12) });
  });

  it('has the bits of worker threads', () => {
    expect(basin('run', at('study.yaml'), '--out', at('threads'), '--workers', '2').code).toBe(0);
    expect(trialTable(at('threads'))).toEqual(trialTable(at('study')));
  });

  it('takes files beside words of own code', async () => {
    writeFileSync(
      at('mine.ts'),
      "import { defineActivation } from '@basin-lab/basin';\nexport const swish = defineActivation({ name: 'swish', description: 'z times sigmoid', formula: 'z*sigmoid(z)' });\n",
    );
    writeFileSync(
      at('used.yaml'),
      STUDY.replace('grid:', 'use: [./mine.ts]\ngrid:\n  activation: swish\n  stepSize: 0.01'),
    );
    await complete('run', at('used.yaml'), '--out', at('used'));
    expect(trialTable(at('used'))).toHaveLength(12);
    expect(trialTable(at('used')).filter((trial) => trial.includes('failed'))).toEqual([]);
  });

  it('is planned, performed, merged, replayed, verified and continued when its files are gone', async () => {
    expect((await here('plan', at('study.yaml'), '-o', at('plan.json'))).code).toBe(0);
    renameSync(at('numbers'), at('elsewhere'));
    await hereJson('run', '--plan', at('plan.json'), '--shard', '0/1', '--out', at('units'));
    await hereJson('merge', at('units'), '--plan', at('plan.json'), '--store', at('merged'));
    expect(trialTable(at('merged'))).toEqual(trialTable(at('study')));
    const cell = await cellOf('n=20', 'teacher=file');
    expect(await hereJson('replay', at('merged'), `study/${cell}#2`)).toMatchObject({ identical: true });
    expect(await hereJson('verify', at('study'), '--sample', '6')).toMatchObject({ identical: 6 });
    expect((await here('report', at('merged'))).code).toBe(0);
    for (const study of ['study', 'merged']) {
      writeFileSync(
        at(`${study}/study.yaml`),
        readFileSync(at(`${study}/study.yaml`), 'utf8').replace('trials: 3', 'trials: 4'),
      );
      await complete('run', at(`${study}/study.yaml`), '--out', at(study));
    }
    expect(trialTable(at('merged'))).toEqual(trialTable(at('study')));
    expect((await here('run', at('study.yaml'), '--out', at('new'))).stderr).toMatch(
      /^basin: .*study\.yaml:6:23: teacher: .*W\.npy: cannot be read: no such file or folder\n/,
    );
    renameSync(at('elsewhere'), at('numbers'));
  });

  it('has other cells when the content changes, and none when the name does', async () => {
    writeFileSync(at('study.yaml'), STUDY.replace('W.npy', 'V.npy'));
    renameSync(at('numbers/W.npy'), at('numbers/V.npy'));
    const before = trialTable(at('threads'));
    await complete('run', at('study.yaml'), '--out', at('threads'));
    expect(trialTable(at('threads'))).toEqual(before);
    writeNpy(
      at('numbers/V.npy'),
      W.map((w) => -w),
      [2, 3],
    );
    await complete('run', at('study.yaml'), '--out', at('threads'));
    expect(trialTable(at('threads'))).toHaveLength(18);
    rmSync(at('numbers'), { recursive: true });
    expect(await hereJson('verify', at('threads'), '--sample', '100%')).toMatchObject({ identical: 18 });
  });
});

/** The canonical text of the first cell with these parts. */
async function cellOf(...parts: string[]): Promise<string> {
  await here('export', at('study'), '--what', 'trials', '--format', 'json', '--out', at('trials.json'));
  const rows = JSON.parse(readFileSync(at('trials.json'), 'utf8')) as { address: string }[];
  const addresses = rows.map(({ address }) => address);
  const found = addresses.find((address) => parts.every((part) => address.includes(part)));
  return /^study\/(.*)#\d+$/.exec(found ?? '')?.[1] ?? '';
}
