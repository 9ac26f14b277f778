/** The command line as it was given. */

/** A word for a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** With all its options: what it began it continues. */
export function givenCommand(words: readonly string[] = process.argv.slice(2)): string {
  return ['basin', ...words.map(quoted)].join(' ');
}
