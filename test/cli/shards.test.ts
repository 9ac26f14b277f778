import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePlan, writePlan } from '../../src/shards/plan.js';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const STUDY = ['fu2018-fig3', '--scale', 'smoke', '--set', 'trials=3'];

describe('a study on several machines', () => {
  const dir = scratchFolder();
  const plan = join(dir, 'plan.json');
  const [units, store] = [join(dir, 'units'), join(dir, 'study')];

  it('is planned, run in shards, merged, and has the digest and the report of the local study', async () => {
    expect((await here('plan', ...STUDY, '-o', plan, '--unit', '1s')).code).toBe(0);
    expect(await hereJson('run', '--plan', plan, '--shard', '0/2', '--out', units)).toMatchObject({
      units: 3,
      done: 3,
      performed: 3,
    });
    expect(await here('missing', '--plan', plan, '--store', store, '--shards', '2')).toMatchObject({
      code: 3,
      stdout: '0-1\n',
    });
    expect(await hereJson('merge', units, '--plan', plan, '--store', store)).toMatchObject({
      units: 6,
      complete: 3,
      added: 9,
    });
    expect(await here('missing', '--plan', plan, '--store', store, '--shards', '2')).toMatchObject({
      code: 3,
      stdout: '1\n',
    });
    await hereJson('run', '--plan', plan, '--shard', '1/2', '--out', units);
    const merged = await hereJson('merge', units, '--plan', plan, '--store', store);
    expect(merged).toMatchObject({ units: 6, complete: 6, added: 9, conflicts: [], damaged: [] });
    expect(await here('missing', '--plan', plan, '--store', store)).toMatchObject({ code: 0, stdout: '' });
    // A plan of what the folder lacks: nothing, as its trials do not follow from results.
    const rest = ['plan', ...STUDY, '-o', plan, '--unit', '1s', '--store'];
    expect(await here(...rest, join(dir, 'none'))).toMatchObject({ code: 3 });
    expect(await hereJson(...rest, store)).toEqual({ output: null, stage: 1, units: 0, trials: 0 });
    const local = join(dir, 'local');
    await here('reproduce', ...STUDY, '--out', local);
    const { digest } = (await hereJson('status', '--plan', plan, '--store', local)) as { digest: string };
    expect(merged).toMatchObject({ digest });
    expect(await hereJson('status', '--plan', plan, '--units', units)).toMatchObject({
      units: 6,
      done: 6,
      places: [{ units: 6 }],
    });
    // The merged study is an ordinary one.
    expect((await here('reproduce', ...STUDY, '--out', store)).stdout).toContain('report:');
  });

  it('names a truncated unit file, and lists its unit as missing', async () => {
    const [file, other] = [join(units, 'unit-4.jsonl.gz'), join(dir, 'other')];
    truncateSync(file, 100);
    const { code, stderr, stdout } = await here('merge', units, '--plan', plan, '--store', other);
    expect(code).toBe(0);
    expect(stdout).toContain('5 of 6 units');
    expect(stderr).toContain(`${file}: ignored:`);
    expect((await here('missing', '--plan', plan, '--store', other)).stdout).toBe('4\n');
  });

  it('refuses what cannot be', async () => {
    const foreign = join(dir, 'foreign.json');
    writePlan(
      makePlan({
        identity: { seed: 1, scale: 'smoke', overrides: {} },
        chosen: [],
        build: '0.0.0+another',
        machine: { blas: 'a', openblas: 'b', vector: 'c', v8: 'd', platform: 'e' },
        unitSeconds: 1,
        secondsPerTrial: () => 1,
      }),
      foreign,
    );
    const cases: [string[], RegExp][] = [
      [['run', '--plan', foreign, '--shard', '0/1', '--out', units], /by the build that made it, 0\.0\.0\+another/],
      [['run', '--plan', plan, '--shard', '2/2', '--out', units], /--shard must be i\/N with 0 ≤ i < N.*got '2\/2'/],
      [['run', '--plan', plan, '--shard', 'one', '--out', units], /--shard must be/],
      [['run', '--plan', join(dir, 'none.json'), '--shard', '0/1', '--out', units], /no such file/],
      [['plan', 'fu2018-fig3', '--scale', 'quick', '-o', plan], /holds another plan; a plan is immutable/],
      [['merge', join(dir, 'nothing'), '--plan', plan, '--store', store], /a folder that exists, got '/],
      [
        ['merge', scratchFolder(), '--plan', plan, '--store', store],
        /must hold whole unit results of this plan, got none in/,
      ],
      [['submit', '--engine', 'pbs', '--plan', plan, '--store', store], /--engine must be one of slurm, bullmq/],
      [
        ['submit', '--engine', 'bullmq', '--plan', plan, '--store', store],
        /--queue must be given, or --queue-file, or the variable BASIN_QUEUE/,
      ],
      [
        ['submit', '--engine', 'bullmq', '--queue', 'ftp://user:hidden@host', '--plan', plan, '--store', store],
        /--queue must be a URL of Redis or PostgreSQL, [^@]*@host:6379 [^@]*@host\/database, got 'a URL of another kind, or without a host'/,
      ],
      [['status', '--plan', plan], /basin status must be given/],
      [['merge', units, '--plan', plan, '--store', units], /must be empty or hold a basin study/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await here(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain('hidden');
    }
  });
});
