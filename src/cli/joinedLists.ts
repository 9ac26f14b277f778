/**
 * The words of a command line, in which a list with blanks is one word again: a shell makes the words `d=20,` and `40`
 * of `--set d=20, 40`. Only values of options are joined.
 */
export function joinedLists(words: readonly string[]): string[] {
  const joined: string[] = [];
  let isValue = false;
  for (const word of words) {
    const last = joined.at(-1) ?? '';
    if (isValue && !isOption(word) && (last.endsWith(',') || word.startsWith(','))) {
      joined[joined.length - 1] = last + word;
      continue;
    }
    isValue = isOption(word) ? word.includes('=') : isOption(last) && !last.includes('=');
    joined.push(word);
  }
  return joined;
}

function isOption(word: string): boolean {
  return /^--?[a-z]/i.test(word);
}
