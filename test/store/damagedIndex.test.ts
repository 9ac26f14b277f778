/** Rows and their index must agree: a lookup by either finds the same. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStudy } from '../../src/store/open.js';
import { SIMULATED } from '../pool/inProcess.js';
import { runToy, temporaryFolder } from '../study/toy.js';

const CELL = 'd=2,n=5';

describe('a store with one byte of a cell changed', () => {
  it('is refused as damaged, be it in the table or in its index', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-other'], SIMULATED);
    const file = join(dir, 'basin.sqlite');
    const whole = readFileSync(file);
    const places = placesOf(whole, CELL);
    expect(places.length).toBeGreaterThanOrEqual(2);
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes.write('e', place);
      writeFileSync(file, bytes);
      expect(() => {
        readStudy(dir).close();
      }).toThrow(/is damaged: row \d+ missing from index/);
    }
  });
});

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}
