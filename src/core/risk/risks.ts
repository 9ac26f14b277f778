import { wordsOf, type Word } from '../../base/vocabulary.js';

/** What a descent minimises. */
const RISKS_TABLE = {
  empirical: 'the mean of the loss over the samples of --x and --y',
  population: 'its expectation over x ~ N(0, I), for squared loss and the labels of --teacher',
} as const satisfies Readonly<Record<string, string>>;

export type RiskKind = Word<typeof RISKS_TABLE>;
export const RISKS = wordsOf(RISKS_TABLE);
export const RISK_MEANINGS = RISKS.map((word) => `${word}: ${RISKS_TABLE[word]}`).join('; ');
