/** Losses as values of settings: a name, including those of gao2018, or a formula in f and y. */
import { refuse } from '../../base/errors.js';
import { suggest } from '../../base/suggest.js';
import { isWord } from '../../base/vocabulary.js';
import { looksLikeFormula } from '../../core/networks/formulas/looks.js';
import { LANDSCAPE_LOSS_NAMES, LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { LOSS_NAMES, lossNamed, LOSSES } from '../../core/networks/losses.js';
import type { Vocabulary } from '../../settings/types.js';

const WORDS = [...LOSS_NAMES, ...LANDSCAPE_LOSS_NAMES];
const NAMES = `${WORDS.join(', ')}, or a formula in f and y`;

export const LOSS: Vocabulary = { kind: 'loss', names: NAMES, canonical };

function canonical(text: string): string {
  if (isWord(LOSSES, text) || isWord(LANDSCAPE_LOSSES, text)) return text;
  return looksLikeFormula(text, ['f', 'y'])
    ? lossNamed(text)
    : refuse('loss', `one of ${NAMES}`, text, suggest(text, WORDS));
}
