/** An experiment of one's own by the whole program: threads load its code, and replace what does not end. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith, moduleText } from '../definitions/modules.js';
import { trialTable } from '../study/toy.js';
import { basin, basinJson } from './basin.js';

it('two workers give the bits of one, and the last trials of a file that is gone are replayed', () => {
  const folder = folderWith({});
  const at = (name: string): string => join(folder, name);
  copyFileSync(join(import.meta.dirname, '../../examples/own/plateau.ts'), at('plateau.ts'));
  const [
    {
      experiments: [{ id }],
    },
  ] = ['1', '2'].map(
    (workers) =>
      basinJson('run', at('plateau.ts'), '--out', at(workers), '--workers', workers) as {
        experiments: { id: string }[];
      },
  );
  rmSync(at('plateau.ts'));
  expect(trialTable(at('2'))).toEqual(trialTable(at('1')));
  expect(trialTable(at('2'))).toHaveLength(40);
  expect(basinJson('replay', at('2'), `${id}/n=100#19`)).toMatchObject({ identical: true });
});

it('a trial that never ends is cut, and its neighbours are there', () => {
  const folder = folderWith({
    'own.ts': moduleText(
      "    const [u] = stream('u').uniforms(1);\n    while (u > 0.33) { continue; }\n    return { measures: { m: u } };",
    ),
  });
  const out = join(folder, 'out');
  expect(
    basin('run', join(folder, 'own.ts'), '--out', out, '--trials', '6', '--trial-time', '1s', '--workers', '1').code,
  ).toBe(0);
  const statuses = trialTable(out).map((line) => (JSON.parse(line) as string[])[3]);
  expect(statuses).toEqual(['censored', 'ok', 'ok', 'ok', 'ok', 'ok']);
});
