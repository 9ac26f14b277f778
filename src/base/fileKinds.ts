/** What a path is by its ending, for words of a command line that may also be ids. */

/** Whether a text is the path of a study file rather than the id of an experiment or another file's path. */
export function isStudyFile(text: string): boolean {
  return /\.ya?ml$/i.test(text);
}

/** Whether a text is the path of a module with a user's own code. */
export function isModule(text: string): boolean {
  return /\.[cm]?[jt]s$/i.test(text);
}
