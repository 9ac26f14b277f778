/** Losses by name or by formula. */
import { entryOf } from '../../base/vocabulary.js';
import { looksLikeFormula } from './formulas/looks.js';
import { formulaLoss } from './formulas/loss.js';
import { LOSSES, type Loss } from './lossTable.js';
import { ownEntry } from './ownWords.js';

export { CROSS_ENTROPY_CLIP, LOSS_NAMES, LOSSES, type Loss, type LossName } from './lossTable.js';

/**
 * The canonical name of a loss: a word, or a formula in f and y; a user's own word becomes its formula. `what` is its
 * name in messages.
 * @throws InputError as `lossOf` does
 */
export function lossNamed(text: string, what = 'loss'): string {
  return lossOf(text, what).formula?.text ?? text;
}

/**
 * The loss of a name, of a formula in f and y, or a user's own.
 * @throws InputError for a name that no loss has, or a formula that is none or is no loss
 */
export function lossOf(name: string, what = 'loss'): Loss {
  const own = ownEntry('loss', name);
  if (own !== undefined) return own;
  return looksLikeFormula(name, ['f', 'y']) ? formulaLoss(name, what) : entryOf(what, LOSSES, name);
}
