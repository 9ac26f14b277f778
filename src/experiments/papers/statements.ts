/**
 * What the papers state: of the five every numbered theorem, lemma, proposition, corollary, remark, claim and figure, and what
 * their sections say of experiments. Definitions and assumptions are included where the paper says that something
 * satisfies them. `scripts/papers.mjs` writes docs/papers/README.md from this list.
 */
import type { Statement } from './statement.js';
import { FU2018_STATEMENTS } from './fu2018/statements.js';
import { FU2019_STATEMENTS } from './fu2019/statements.js';
import { GAO2018_STATEMENTS } from './gao2018/statements.js';
import { GOLDT2019_STATEMENTS } from './goldt2019/statements.js';
import { MEI2018_STATEMENTS } from './mei2018/statements.js';
import { SAFRAN2018_STATEMENTS } from './safran2018/statements.js';
import { SOLTANOLKOTABI2017_STATEMENTS } from './soltanolkotabi2017/statements.js';
import { ZHONG2017_STATEMENTS } from './zhong2017/statements.js';

/** The statements of each paper, in the order of the paper. */
export const STATEMENTS: Readonly<Record<string, readonly Statement[]>> = {
  fu2018: FU2018_STATEMENTS,
  fu2019: FU2019_STATEMENTS,
  gao2018: GAO2018_STATEMENTS,
  soltanolkotabi2017: SOLTANOLKOTABI2017_STATEMENTS,
  zhong2017: ZHONG2017_STATEMENTS,
  safran2018: SAFRAN2018_STATEMENTS,
  mei2018: MEI2018_STATEMENTS,
  goldt2019: GOLDT2019_STATEMENTS,
};
