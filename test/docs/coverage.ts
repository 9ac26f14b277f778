/** The table of a paper's page that says what of the paper is run and judged. */

export interface CoverageRow {
  readonly statement: string;
  readonly experiments: string;
  readonly claims: string;
}

/** The rows of the table under the heading Coverage. */
export function coverageRows(markdown: string): CoverageRow[] {
  const section = /^## Coverage\n(.*?)(?=^## )/ms.exec(markdown)?.[1] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => {
    const [statement, experiments, claims] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { statement, experiments, claims };
  });
}

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
