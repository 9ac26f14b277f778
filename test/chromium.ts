/** A real Chromium for tests of pages; `node scripts/setup.mjs --tests` installs it. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Its program; undefined where none is installed. */
export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));

/** Nothing that Chromium does by itself may ask another machine. */
export const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
