/**
 * The one way to stderr: lines for a person. Whatever of others is in them (files, machines, servers) a terminal obeys
 * nothing of it.
 */
import { visible } from '../base/visible.js';

/** One line, whatever the text holds. */
export function say(text: string): void {
  process.stderr.write(
    `${visible(text)
      .replace(/\s*\n\s*/g, ' ')
      .trim()}\n`,
  );
}

/** A line that says who speaks. */
export function warn(text: string): void {
  say(`basin: ${text}`);
}

/** Text of several lines. */
export function sayLines(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/** A line in place of the one before, cut to the terminal's width. */
export function sayInPlace(text: string, final: boolean): void {
  process.stderr.write(`\r\u001b[2K${visible(text).slice(0, (process.stderr.columns || 80) - 1)}${final ? '\n' : ''}`);
}
