import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const STORE = fileURLToPath(new URL('../../src/store', import.meta.url));

it('store imports nothing of the rooms above it', () => {
  const upward = readdirSync(STORE).filter((name) =>
    /from '\.\.\/(study|pool|report|cli)\//.test(readFileSync(join(STORE, name), 'utf8')),
  );
  expect(upward).toEqual([]);
});
