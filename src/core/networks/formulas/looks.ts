/** What is meant as a formula, without the formulas themselves. */

/** The pattern of names of activations and losses, e.g. `leaky-relu:0.1`. */
const NAME = /^[a-z]+(-[a-z]+)*(:\S*)?$/;

/** True when a text is meant as a formula: it is more than a single word, or it is a variable. */
export function looksLikeFormula(text: string, variables: readonly string[]): boolean {
  const words = text.split(/\W+/);
  return words.some((word) => variables.includes(word)) || (!NAME.test(text) && /[-+*/^(<>]|^\s*[\d.]/.test(text));
}
