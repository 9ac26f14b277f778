/** A YAML text as data that knows where everything stands. */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml';

/** Something that is wrong in a study file; lines and columns begin at 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Keys and indices from the top. */
export type Path = readonly (string | number)[];

/** Far more than a study needs, and too little for a bomb of aliases. */
const MOST_ALIASES = 100;

export class StudyDocument {
  /** as plain data; undefined when the text is no YAML */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  readonly #document: Document | undefined;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    const parsed = parseAllDocuments(text, { lineCounter: this.#lines, prettyErrors: false });
    const [first, second] = Array.isArray(parsed) ? parsed : [];
    this.#document = first;
    const problems = first === undefined ? [{ line: 1, column: 1, message: 'the file must hold a study, got nothing' }] : this.#syntaxProblems(first);
    if (second !== undefined) problems.push(this.#at(second.range[0], 'the file must hold one study, got a second document'));
    const [data, more] = problems.length > 0 || first === undefined ? [undefined, problems] : this.#plain(first);
    this.data = data;
    this.problems = more;
  }

  /** A problem with the value at a path, or with the nearest one above that is there. */
  atValue(path: Path, message: string): Problem {
    for (let length = path.length; length > 0; length--) {
      const node = this.#node(path.slice(0, length));
      if (node?.range) return this.#at(node.range[0], message);
    }
    return this.#at(this.#document?.contents?.range?.[0] ?? 0, message);
  }

  /** A problem with a key itself. */
  atKey(path: Path, message: string): Problem {
    const map = this.#node(path.slice(0, -1));
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1))) : undefined;
    return isPair(pair) && isNode(pair.key) && pair.key.range ? this.#at(pair.key.range[0], message) : this.atValue(path, message);
  }

  #syntaxProblems({ errors, warnings }: Document): Problem[] {
    return [...errors, ...warnings].map(({ pos, message }) => this.#at(pos[0], `YAML: ${message.split('\n')[0]}`));
  }

  #plain(document: Document): [unknown, Problem[]] {
    try {
      return [document.toJS({ maxAliasCount: MOST_ALIASES }), []];
    } catch (error) {
      return [undefined, [{ line: 1, column: 1, message: `YAML: ${error instanceof Error ? error.message : String(error)}` }]];
    }
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
