/** A YAML text as data, with the position of every value. */
import { isUtf8 } from 'node:buffer';
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';
import { ReadFiles, type ReadNumbers } from './files.js';
import { nodeProblems } from './nodes.js';

/** A mistake in a study file; lines and columns begin at 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The most mistakes that are reported for one file. */
export const MOST_PROBLEMS = 50;

/** Keys and indices from the top of the document. */
export type Path = readonly (string | number)[];

/** The text of a file, or a problem at the first byte that is not UTF-8. */
export function decodeText(bytes: Uint8Array): string | Problem {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  // The bytes are checked line by line: an invalid character cannot contain a line end.
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .map((line) => Buffer.from(line, 'latin1'));
  const at = lines.findIndex((line) => !isUtf8(line));
  const before = new TextDecoder().decode(lines[at]).split('\uFFFD')[0];
  const byte = lines[at][Buffer.byteLength(before)].toString(16).toUpperCase();
  return { line: at + 1, column: before.length + 1, message: `the file must be UTF-8, got the byte 0x${byte}` };
}

export class StudyDocument {
  /** the text as plain data; undefined when the text is not YAML */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** the files that its grids name */
  readonly files: ReadFiles;
  readonly #document: Document | undefined;
  readonly #lines = new LineCounter();

  constructor(text: string, readNumbers?: ReadNumbers) {
    this.files = new ReadFiles(readNumbers);
    // Keys are compared in nodes.ts, because the time of the parser's own check is quadratic in the number of keys.
    const parsed = parseAllDocuments(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false });
    const [first, second] = Array.isArray(parsed) ? parsed : [];
    this.#document = first;
    const problems =
      first === undefined
        ? [{ line: 1, column: 1, message: 'the file must hold a study, got nothing' }]
        : this.#yamlProblems(first, text);
    if (second !== undefined)
      problems.push(this.#at(second.range[0], 'the file must hold one study, got a second document'));
    this.data = problems.length > 0 ? undefined : first?.toJS({ maxAliasCount: -1 });
    this.problems = problems;
  }

  /** A problem with the value at a path. If there is no such value, it is placed at the nearest one above. */
  atValue(path: Path, message: string): Problem {
    for (let length = path.length; length > 0; length--) {
      const node = this.#node(path.slice(0, length));
      if (node?.range) return this.#at(node.range[0], message);
    }
    return this.#at(this.#document?.contents?.range?.[0] ?? 0, message);
  }

  /** A problem with the key itself. */
  atKey(path: Path, message: string): Problem {
    const map = this.#node(path.slice(0, -1));
    const pair = isMap(map)
      ? map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))
      : undefined;
    return isPair(pair) && isNode(pair.key) && pair.key.range
      ? this.#at(pair.key.range[0], message)
      : this.atValue(path, message);
  }

  /** Why the text cannot become data. One mistake of syntax causes others, so only the first is reported. */
  #yamlProblems(document: Document, text: string): Problem[] {
    const { version } = document.directives?.yaml ?? {};
    if (version !== undefined && version !== '1.2')
      return [this.#at(text.indexOf('%YAML'), `the version of YAML must be 1.2, got ${version}`)];
    const [mistake] = [...document.errors, ...document.warnings];
    if (mistake !== undefined) return [this.#at(mistake.pos[0], `YAML: ${mistake.message.split('\n')[0]}`)];
    return nodeProblems(document).map(({ offset, message }) => this.#at(offset, message));
  }

  #node(path: Path): Node | undefined {
    let node: unknown = this.#document?.contents;
    for (const part of path) {
      const resolved = isAlias(node) && this.#document !== undefined ? node.resolve(this.#document) : node;
      if (!isMap(resolved) && !isSeq(resolved)) return undefined;
      node = resolved.get(part, true);
    }
    return isNode(node) ? node : undefined;
  }

  #at(offset: number, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message };
  }
}
