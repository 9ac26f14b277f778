import { fileURLToPath } from 'node:url';
import { readText } from './read.js';

/** The version in package.json. */
export function packageVersion(): string {
  const text = readText(fileURLToPath(new URL('../../package.json', import.meta.url)));
  return (JSON.parse(text) as { version: string }).version;
}
