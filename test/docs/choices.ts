export function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
}

/** The keys in the last column of the tables whose header ends with `--set` key. */
export function settableKeys(markdown: string): string[] {
  const tables = [...markdown.matchAll(/^\|.*`--set` key \|\n\|.*\n((?:\|.*\n)*)/gm)];
  const last = tables.flatMap(([, rows]) =>
    rows
      .trim()
      .split('\n')
      .map((row) => row.split('|').at(-2) ?? ''),
  );
  return last.flatMap(codeSpans).map((key) => key.split('=')[0]);
}
