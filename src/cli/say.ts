/**
 * All output to stderr goes through here: lines for a person. Text from other sources (files, machines, servers) cannot
 * control the terminal.
 */
import { visible } from '../base/visible.js';

/** Prints one line, whatever the text contains. */
export function say(text: string): void {
  process.stderr.write(
    `${visible(text)
      .replace(/\s*\n\s*/g, ' ')
      .trim()}\n`,
  );
}

/** Prints a line that names the speaker. */
export function warn(text: string): void {
  say(`basin: ${text}`);
}

/** Prints text of several lines. */
export function sayLines(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/** Prints a line in place of the previous one, cut to the terminal's width. */
export function sayInPlace(text: string, final: boolean): void {
  process.stderr.write(`\r\u001b[2K${visible(text).slice(0, (process.stderr.columns || 80) - 1)}${final ? '\n' : ''}`);
}
