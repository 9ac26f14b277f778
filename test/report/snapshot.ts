import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * Fails unless the picture equals the file `<stem>.svg`; what was found is then left beside it as `<stem>-changed.svg`.
 * A new or rightly changed picture is accepted by renaming that file.
 */
export function expectPicture(stem: string, svg: string): void {
  const [expected, changed] = [`${stem}.svg`, `${stem}-changed.svg`];
  const found = rounded(svg);
  rmSync(changed, { force: true });
  if (existsSync(expected) && readFileSync(expected, 'utf8') === found) return;
  writeFileSync(changed, found);
  expect.fail(`the picture changed: compare ${expected} with ${changed}, and rename it if it is right`);
}

/** One element a line, for readable differences; two decimals, as another V8 may round a logarithm differently. */
function rounded(svg: string): string {
  const short = svg.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2))));
  return `${short.replaceAll('><', '>\n<')}\n`;
}
