/** Activations as values of settings: a name, or a formula in z. */
import { parseActivation } from '../../core/networks/activations.js';
import { ACTIVATION_NAMES } from '../../core/networks/activationTable.js';
import type { Vocabulary } from '../../settings/types.js';

export const ACTIVATION: Vocabulary = {
  kind: 'activation',
  names: `${ACTIVATION_NAMES}, or a formula in z`,
  canonical: (text) => parseActivation(text).name,
};
