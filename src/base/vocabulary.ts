/**
 * A vocabulary is one table: its keys are the words, its entries their meanings. Types, lists, help texts and messages
 * are made from the table, so each word is written once.
 */
import { refuse } from './errors.js';
import { suggest } from './suggest.js';

export type Word<Table> = keyof Table & string;

/** The words whose entries are of a kind, as a type. */
export type WordWith<Table, Kind> = { [W in Word<Table>]: Table[W] extends Kind ? W : never }[Word<Table>];

/** The words of a table, in its order. */
export function wordsOf<Table extends object>(table: Table): readonly Word<Table>[] {
  return Object.keys(table) as Word<Table>[];
}

/** The words whose entries hold these values, in the order of the table. */
export function wordsWith<Table extends object, const Kind extends object>(
  table: Table,
  kind: Kind,
): readonly WordWith<Table, Kind>[] {
  const wanted = Object.entries(kind) as [string, unknown][];
  const isOf = (entry: object): boolean =>
    wanted.every(([name, value]) => (entry as Record<string, unknown>)[name] === value);
  return (Object.entries(table) as [WordWith<Table, Kind>, object][])
    .filter(([, entry]) => isOf(entry))
    .map(([word]) => word);
}

export function isWord<Table extends object>(table: Table, text: string): text is Word<Table> {
  return Object.hasOwn(table, text);
}

/**
 * The entry of a word.
 * @throws InputError for a text that is no word of the table: `what` must be one of them
 */
export function entryOf<Table extends object>(what: string, table: Table, text: string): Table[Word<Table>] {
  if (isWord(table, text)) return table[text];
  const words = wordsOf(table);
  return refuse(what, `one of ${words.join(', ')}`, text, suggest(text, words));
}

/** “word: what it is; …”, for help and for the descriptions of settings. */
export function described(table: Readonly<Record<string, { readonly description: string }>>): string {
  return Object.entries(table)
    .map(([word, { description }]) => `${word}: ${description}`)
    .join('; ');
}
