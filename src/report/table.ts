/**
 * A table as data, and how it is cut to a width. Columns that do not vary are shown once; columns that do not fit
 * continue in a further block.
 */

export interface Column {
  readonly title: string;
  readonly description?: string;
  readonly align: 'left' | 'right';
  /** distinguishes the rows; it comes first in every block */
  readonly key?: boolean;
  /** holds sentences, which may be broken between words */
  readonly prose?: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** Something that is the same in every row. */
export interface Constant {
  readonly title: string;
  readonly text: string;
}

/** Kinds of columns: words or names, numbers, sentences, and keys that distinguish the rows. */
export const named = (title: string): Column => ({ title, align: 'left' });
export const numeric = (title: string, description?: string): Column => ({
  title,
  align: 'right',
  ...(description === undefined ? {} : { description }),
});
export const prose = (title: string): Column => ({ title, align: 'left', prose: true });
export const key = (column: Column): Column => ({ ...column, key: true });

/** Least width in characters of a column of sentences. */
const NARROWEST_PROSE = 28;

/**
 * Takes out the columns whose texts are equal in all rows; `may` says which columns can be taken. A table without rows
 * keeps all.
 */
export function takeConstants(
  table: Table,
  may: (column: Column) => boolean,
): { readonly constants: readonly Constant[]; readonly table: Table } {
  const { columns, rows } = table;
  if (rows.length === 0) return { constants: [], table };
  const constant = columns.map((column, i) => may(column) && rows.every((row) => row[i] === rows[0][i]));
  return {
    constants: columns.flatMap(({ title }, i) => (constant[i] ? [{ title, text: rows[0][i] }] : [])),
    table: select(
      table,
      columns.flatMap((_, i) => (constant[i] ? [] : [i])),
    ),
  };
}

/** The columns at these places, in this order. */
export function select({ columns, rows }: Table, places: readonly number[]): Table {
  return { columns: places.map((i) => columns[i]), rows: rows.map((row) => places.map((i) => row[i])) };
}

/** Characters that a text takes on a line. */
export function widthOf(text: string): number {
  return Array.from(text.replace(/\p{M}/gu, '')).length;
}

/**
 * The least width in characters of a column: titles and sentences may break between words, values may not.
 */
export function leastWidth({ columns, rows }: Table, i: number): number {
  const title = longestWord(columns[i].title);
  const texts = rows.map((row) => row[i]);
  if (columns[i].prose !== true) return Math.max(title, ...texts.map(widthOf));
  const natural = Math.max(0, ...texts.map(widthOf));
  return Math.max(title, ...texts.map(longestWord), Math.min(natural, NARROWEST_PROSE));
}

/**
 * Cuts a table into blocks of at most `width` characters, `gap` of them between two columns. Each block has the key
 * columns and as many of the others as fit, one at least. Where one block is not enough, sentences end their block, so
 * that they have space.
 */
export function toBlocks(table: Table, width: number, gap: number): Table[] {
  const places = table.columns.map((_, i) => i);
  const keys = places.filter((i) => table.columns[i].key === true);
  const others = places.filter((i) => !keys.includes(i));
  const total = (chosen: readonly number[]): number =>
    chosen.reduce((sum, i) => sum + leastWidth(table, i), gap * (chosen.length - 1));
  if (total(places) <= width) return [table];
  const blocks: number[][] = [];
  for (const i of others) {
    const last = blocks.at(-1);
    if (last !== undefined && !last.some((j) => isSqueezed(table, j)) && total([...keys, ...last, i]) <= width)
      last.push(i);
    else blocks.push([i]);
  }
  return blocks.length === 0 ? [table] : blocks.map((block) => select(table, [...keys, ...block]));
}

/** The pieces between which a line may break: words, an interval in its brackets being one. */
export function words(text: string): string[] {
  return text.match(/(?:\[[^\]]{0,60}\]|\S)+/g) ?? [''];
}

/** True when a column can be narrower than its natural width: it holds sentences. */
function isSqueezed(table: Table, i: number): boolean {
  return table.columns[i].prose === true && table.rows.some((row) => widthOf(row[i]) > NARROWEST_PROSE);
}

function longestWord(text: string): number {
  return Math.max(...words(text).map(widthOf));
}
