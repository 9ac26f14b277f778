/** Finds what YAML allows but a study file must not contain. It works on the nodes, before they become data. */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';

/** A problem at an offset in the text. */
export interface NodeProblem {
  readonly offset: number;
  readonly message: string;
}

/**
 * The most values that all aliases of a file may stand for together. A study needs far fewer, and an alias bomb needs
 * more.
 */
const MOST_ALIASED = 1000;

// Control characters except tab and line ends, characters that override the direction of writing, and code points that
// are not characters.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Finds every key that is not allowed; every alias without an anchor, to a node that contains it, or to too many
 * values; and text with control characters.
 */
export function nodeProblems(document: Document): NodeProblem[] {
  const problems: NodeProblem[] = [];
  const aliases = new Aliases();
  visit(document, {
    Node: (_, node, path) => {
      if (isMap(node)) problems.push(...keyProblems(node));
      if (isScalar(node)) problems.push(...textProblems(node));
      const message = isAlias(node) ? aliases.use(node, path) : undefined;
      aliases.define(node);
      if (message !== undefined) problems.push({ offset: offsetOf(node), message });
      return aliases.isSpent ? visit.BREAK : undefined;
    },
  });
  return problems;
}

const offsetOf = (node: unknown): number => (node as Node | undefined)?.range?.[0] ?? 0;

function keyProblems(map: YAMLMap): NodeProblem[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    const offset = offsetOf(key);
    if (!isScalar(key)) return [{ offset, message: 'a key must be a text' }];
    const name = String(key.value);
    if (name === '<<') return [{ offset, message: 'merge keys (<<) are not read: write out what they would bring' }];
    if (name === '__proto__') return [{ offset, message: "a key must not be '__proto__'" }];
    if (seen.has(name)) return [{ offset, message: `YAML: keys must be unique, got '${name}' twice` }];
    seen.add(name);
    return [];
  });
}

function textProblems(scalar: { readonly value: unknown }): NodeProblem[] {
  const found = typeof scalar.value === 'string' ? CONTROL.exec(scalar.value)?.[0] : undefined;
  if (found === undefined) return [];
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return [{ offset: offsetOf(scalar), message: `text must have no control characters, got U+${code}` }];
}

/** The anchors before each alias, and the number of values that the aliases stand for. */
class Aliases {
  readonly #anchors = new Map<string, unknown>();
  readonly #sizes = new Map<unknown, number>();
  #total = 0;

  get isSpent(): boolean {
    return this.#total > MOST_ALIASED;
  }

  define(node: { readonly anchor?: string | undefined }): void {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
  }

  /** The mistake in an alias; undefined when there is none. */
  use(alias: Alias, path: readonly unknown[]): string | undefined {
    const target = this.#anchors.get(alias.source);
    if (target === undefined)
      return `the alias *${alias.source} must have an anchor &${alias.source} before it; an expression begins otherwise`;
    if (path.includes(target))
      return `an alias must not lead back to itself, got *${alias.source} inside of &${alias.source}`;
    this.#total += this.#size(target);
    return this.isSpent
      ? `YAML: all aliases together must stand for at most ${MOST_ALIASED} values, got more with *${alias.source}`
      : undefined;
  }

  /** The number of values below a node, including those of its aliases. Each of these aliases was checked before. */
  #size(node: unknown): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const size = isAlias(node)
      ? this.#size(this.#anchors.get(node.source))
      : 1 + children(node).reduce<number>((sum, child) => sum + this.#size(child), 0);
    this.#sizes.set(node, size);
    return size;
  }
}

function children(node: unknown): readonly unknown[] {
  if (isPair(node)) return [node.key, node.value];
  return isMap(node) || isSeq(node) ? node.items : [];
}
