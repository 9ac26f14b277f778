/** Studies whose trials follow from results, on several machines, as a user types it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const dir = scratchFolder();
const searched = join(dir, 'searched.yaml');
writeFileSync(
  searched,
  `title: The samples that a recovery needs
grid: {d: 4, K: 2, labels: regression, start: sphere, radius: 0.5, iterations: 60}
trials: 5
boundary: {between: [2*d, 60*d], measure: recoveryRate, level: 0.5, relative: 0.5, most: 30}
measures: [recoveryRate]
figure: {measure: recoveryRate, x: n}
`,
);
const decided = ['safran2018-square', '--scale', 'smoke', '--until', 'decided', '--most', '2s'];

interface Merged {
  readonly digest: string;
  readonly asksMore: boolean;
}

/** Plans, performs and merges until nothing more is asked. The second shard of the second stage is lost at first. */
async function inStages(study: readonly string[], name: string): Promise<{ stages: number; digest: string }> {
  const [plan, units, store] = ['plan.json', 'units', 'study'].map((part) => join(dir, `${name}-${part}`));
  const seen: string[] = [];
  let digest = '';
  for (let pass = 0; pass < 60; pass++) {
    const planned = await here('plan', ...study, '--store', store, '-o', plan, '--unit', '1s');
    if (planned.code === 0) {
      expect(planned.stdout).toBe(`${store}: no unit is missing, and the results ask for nothing more\n`);
      return { stages: new Set(seen).size, digest };
    }
    expect(planned).toMatchObject({ code: 3, stderr: '' });
    const isLost = planned.stdout.includes('stage 2,') && !seen.includes(planned.stdout);
    seen.push(planned.stdout);
    await hereJson('run', '--plan', plan, '--shard', '0/2', '--out', units);
    if (!isLost) await hereJson('run', '--plan', plan, '--shard', '1/2', '--out', units);
    ({ digest } = (await hereJson('merge', units, '--plan', plan, '--store', store)) as Merged);
  }
  throw new Error('it asks for ever');
}

describe('a study that grows, on several machines', () => {
  it.each([
    ['with a boundary', 'searched', [searched], ['run', searched]],
    ['until its claims are decided', 'decided', decided, ['reproduce', ...decided]],
  ])('%s has the digest of a run on one machine', async (_, name, study, command) => {
    const { stages, digest } = await inStages(study, name);
    expect(stages).toBeGreaterThan(1);
    const local = join(dir, `${name}-local`);
    await here(...command, '--out', local);
    const plan = join(dir, `${name}-plan.json`);
    expect(await hereJson('status', '--plan', plan, '--store', local)).toMatchObject({ digest });
    // The folder is that of an ordinary study, which is complete: its forecast is that nothing is left.
    const forecast = await here('plan', ...study, '--out', join(dir, `${name}-study`), '--pilot', '0');
    expect(forecast).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing is left') as unknown,
      stderr: '',
    });
    expect(await hereJson('status', join(dir, `${name}-study`))).toMatchObject({ state: 'complete' });
  });

  it.each([
    [['--pilot', '1s', '-o', 'plan.json', '--store', 'study'], '--pilot must not be given with --store'],
    [['--out', 'x', '-o', 'plan.json'], '--out must not be given with -o'],
    [['--store', 'study'], '--store must be given with -o'],
    [['--until', 'decided', '-o', 'plan.json'], "--until and --most are of the papers' experiments"],
  ])('%j is refused', async (words, message) => {
    const { code, stderr } = await here('plan', searched, ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
