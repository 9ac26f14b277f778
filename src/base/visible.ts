/** Text of others on its way to a person: a terminal must not obey it. */

// Control characters but tab and line ends; what overrides the direction of writing; half of a surrogate pair.
// eslint-disable-next-line no-control-regex
const OBEYED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * The text with a sign (U+FFFD) for each character that a terminal would obey; tabs and line ends stay, so its width
 * does.
 */
export function visible(text: string): string {
  return text.replace(OBEYED, '\uFFFD');
}

const LONGEST_EXCERPT = 40;

/**
 * The beginning of a text of others inside of a message: in quotes, on one line, nothing that a terminal would obey.
 */
export function excerpt(text: string): string {
  return `'${text
    .trim()
    .slice(0, LONGEST_EXCERPT)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')}'`;
}
