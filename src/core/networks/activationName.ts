/** Refuses misspelt names of activations. This file imports nothing heavy, since every command line with a name reads it. */
import { InputError } from '../../base/errors.js';
import { suggest } from '../../base/suggest.js';
import { isWord } from '../../base/vocabulary.js';
import { ACTIVATION_KINDS, ACTIVATION_NAMES, ACTIVATIONS } from './activationTable.js';
import { looksLikeFormula } from './formulas/looks.js';
import { ownEntry, ownNames } from './ownWords.js';

/** The part of a name before the colon. */
export function activationKind(text: string): string {
  const colon = text.indexOf(':');
  return colon < 0 ? text : text.slice(0, colon);
}

/** Throws `InputError` for a text that is no name of the table, no user's own and not meant as a formula in z. */
export function requireActivationName(text: string): void {
  const kind = activationKind(text);
  // A single word is a misspelt name, not a formula in an unknown variable.
  if (isWord(ACTIVATIONS, kind) || ownEntry('activation', text) !== undefined || looksLikeFormula(text, ['z'])) return;
  throw new InputError(
    `activation must be one of ${[ACTIVATION_NAMES, ...ownNames('activation')].join(', ')}, or a formula in z such as z*sigmoid(1.702*z); got '${text}'${suggest(kind, [...ACTIVATION_KINDS, ...ownNames('activation')])}`,
  );
}
