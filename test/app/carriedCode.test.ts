/** Studies with a user's own code on several machines: the plan brings it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireOwnPlan } from '../../src/app/cluster/shards.js';
import { readPlan, sealed } from '../../src/shards/plan.js';
import { isRefusal } from '../cli/basin.js';
import { here, hereJson } from '../cli/here.js';
import { folderWith, moduleText, withoutThreads } from '../definitions/modules.js';

const WORDS = `import { defineInputs } from '@basin-lab/basin';
export const x = defineInputs({ name: 'doubled', description: 'N(0, 4 I)',
  draw: ({ n, d, stream }) => stream.normals(n * d).map((z) => 2 * z) });
`;
const STUDY = `title: doubled inputs
use: [./words.ts]
trials: 3
grid: {d: 3, K: 2, n: 30, labels: regression, iterations: 4, inputs: doubled}
`;
const EXPERIMENT = moduleText('    return { measures: { m: stream("data").normals(settings.n)[0] } };');

function planned(): string {
  withoutThreads();
  return folderWith({ 'words.ts': WORDS, 'study.yaml': STUDY, 'own.ts': EXPERIMENT });
}

describe('a plan with code of one’s own', () => {
  it.each([
    ['own.ts', ['own.ts'], /^own@[0-9a-f]{8}$/],
    ['study.yaml', ['words.ts'], /^study@[0-9a-f]{8}$/],
  ])('of %s is performed and merged without her files, to the results of one machine', async (file, files, id) => {
    const folder = planned();
    const [plan, units, store, local] = ['plan.json', 'units', 'store', 'local'].map((name) => join(folder, name));
    expect(await hereJson('plan', join(folder, file), '-o', plan, '--unit', '1s')).toMatchObject({
      units: 1,
      trials: 3,
      code: [{ experiment: expect.stringMatching(id) as string, files: files.map((path) => ({ path })) }],
    });
    await here('run', join(folder, file), '--out', local);
    for (const name of ['words.ts', 'own.ts']) rmSync(join(folder, name));
    await hereJson('run', '--plan', plan, '--shard', '0/1', '--out', units);
    const merged = await hereJson('merge', units, '--plan', plan, '--store', store);
    const { digest } = (await hereJson('status', '--plan', plan, '--store', local)) as { readonly digest: string };
    expect(merged).toMatchObject({ units: 1, complete: 1, added: 3, digest });
    expect(await hereJson('verify', store, '--sample', '100%')).toMatchObject({ replayed: 3, identical: 3 });
  });

  it('comes from a queue only where that is allowed, and is not looked at before', async () => {
    const folder = planned();
    const file = join(folder, 'plan.json');
    await here('plan', join(folder, 'own.ts'), '-o', file);
    const plan = readPlan(file);
    expect(() => {
      requireOwnPlan(plan, true);
    }).not.toThrow();
    const [one] = plan.content.experiments;
    const throws = { ...one, code: { ...one.code, text: 'throw new Error("was run")' } } as typeof one;
    expect(() => {
      requireOwnPlan(sealed({ ...plan.content, experiments: [throws] }), false);
    }).toThrow(
      /^it carries code that is not basin's, own@[0-9a-f]{8} of own\.ts \(SHA-256 [0-9a-f]{64}\); basin worker --allow-code runs it$/,
    );
  });

  it('is refused when its code is not that of its address', async () => {
    const folder = planned();
    const file = join(folder, 'plan.json');
    await here('plan', join(folder, 'own.ts'), '-o', file);
    const { content } = readPlan(file);
    const [one] = content.experiments;
    const other = { ...one, code: { ...one.code, text: `${one.code?.text ?? ''};` } } as typeof one;
    const { hash } = sealed({ ...content, experiments: [other] });
    writeFileSync(file, JSON.stringify({ hash, ...content, experiments: [other] }));
    const refused = await here('run', '--plan', file, '--shard', '0/1', '--out', join(folder, 'units'));
    expect([isRefusal(refused), refused.stderr]).toEqual([
      true,
      expect.stringMatching(/what basin plan makes of 'own@[0-9a-f]{8}', got code of SHA-256 [0-9a-f]{64} in place of/),
    ]);
  });
});

it('describes a module', async () => {
  const folder = planned();
  expect(await hereJson('describe', join(folder, 'own.ts'), '--set', 'n=5,6')).toMatchObject({
    id: expect.stringMatching(/^own@/) as string,
    trials: 6,
    measures: [{ name: 'm' }],
    settings: [{ name: 'n', values: '5, 6', given: true }],
  });
});
