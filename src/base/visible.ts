/** Makes text of others safe to print: a terminal must not execute it. */

// Control characters except tab and line ends; characters that change the writing direction; unpaired surrogates.
// eslint-disable-next-line no-control-regex
const OBEYED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * The text with U+FFFD in place of each character that a terminal would execute; tabs and line ends stay, and so does
 * the width.
 */
export function visible(text: string): string {
  return text.replace(OBEYED, '\uFFFD');
}

const LONGEST_EXCERPT = 40;

/**
 * The beginning of a text of others for a message: in quotes, on one line, without characters that a terminal would
 * execute.
 */
export function excerpt(text: string): string {
  return `'${text
    .trim()
    .slice(0, LONGEST_EXCERPT)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')}'`;
}
