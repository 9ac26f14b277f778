import { expect, it } from 'vitest';
import { needed, packagesOf } from '../architecture/needed.js';

it('to import the library loads little, and of packages none', () => {
  expect(packagesOf('index.ts')).toEqual([]);
  expect(needed('index.ts').length).toBeLessThan(20);
});

it('what a function loads is seen to be more', () => {
  expect(packagesOf('library/study.ts')).toContain('better-sqlite3');
});
