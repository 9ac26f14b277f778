import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { API_PAGE, apiPage } from '../../scripts/api.mjs';

it('docs/api.md is the API of the built program: after a change, npm run api', () => {
  const page = apiPage();
  expect(readFileSync(API_PAGE, 'utf8')).toBe(page);
  // What a change of a type that is only named would alter.
  expect(page).toContain('type Architecture = "cnn" | "fcn";');
  expect(page).not.toContain('typeof ');
});
