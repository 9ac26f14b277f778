/** A statement of a paper, and what judges it. */
import type { Settings } from '../../settings/types.js';

/** The claims of one experiment that judge a statement. */
export interface Judge {
  readonly experiment: string;
  /** ids of claims; `*` stands for one character or more */
  readonly claims: readonly string[];
  /** settings other than the experiment's own, under which these claims are stated */
  readonly set?: Settings;
}

interface Words {
  /** as the paper prints it: `Theorem 1`, `Figure 2a`, `Section 7` */
  readonly number: string;
  /** what it says, in one sentence of our own */
  readonly says: string;
}

interface Judged extends Words {
  readonly judges: readonly [Judge, ...Judge[]];
  /** which part of it no claim judges, and why */
  readonly open?: string;
}

interface Open extends Words {
  readonly judges?: undefined;
  /** why no claim judges it */
  readonly open: string;
}

/** A theorem, lemma, remark, figure or number of a paper. It has a judge, or a reason why it has none. */
export type Statement = Judged | Open;

/** The claims of an experiment, as a judge. */
export function by(experiment: string, ...claims: readonly string[]): Judge {
  return { experiment, claims };
}

/** Whether a judge's pattern stands for the id of a claim. */
export function standsFor(pattern: string, claim: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+()[\]{}^$|\\?]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`).test(claim);
}

/** Whether the source of a claim names a statement: `fu2018, Theorem 1, with the exact value` names `Theorem 1`. */
export function isNamedIn(source: string, number: string): boolean {
  const at = source.indexOf(number);
  return at >= 0 && !/^(\w|\.\d)/.test(source.slice(at + number.length));
}
