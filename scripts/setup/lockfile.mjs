/**
 * Whether node_modules agrees with package-lock.json. npm writes node_modules/.package-lock.json last, so an
 * interrupted installation counts as not in agreement.
 *
 * @typedef {{ version?: string, optional?: boolean, integrity?: string }} Entry
 * @typedef {Record<string, Entry>} Entries entries by path, e.g. `node_modules/vega`
 */

/** @param {Entry} wanted @param {Entry | undefined} installed */
function sameEntry(wanted, installed) {
  if (installed === undefined) return wanted.optional === true;
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

/**
 * @param {Entries} wanted `packages` of package-lock.json
 * @param {Entries | undefined} installed `packages` of node_modules/.package-lock.json
 */
export function inStep(wanted, installed) {
  if (installed === undefined) return false;
  const paths = Object.keys(wanted).filter((path) => path !== '');
  return (
    paths.every((path) => sameEntry(wanted[path], installed[path])) &&
    Object.keys(installed).every((path) => path in wanted)
  );
}
