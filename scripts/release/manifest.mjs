/** The package.json of a released package, from that of the checkout. */
import { EXTERNAL } from './program.mjs';

export const NAME = '@basin-lab/basin';
/** Packages that queues need, and that who needs no queue does not install. */
const OF_QUEUES = ['bullmq', 'ioredis', 'pg'];

export const nameOf = (/** @type {{ name: string }} */ target) => `${NAME}-${target.name}`;

/** What every package says. */
const shared = ({ version, license, author, repository, engines }) => ({
  version,
  license,
  author,
  repository,
  engines,
});

/** @param {any} checkout its package.json @param {string} commit @param {readonly { name: string }[]} targets */
export function programManifest(checkout, commit, targets) {
  const pick = (/** @type {readonly string[]} */ names) =>
    Object.fromEntries(names.map((name) => [name, checkout.dependencies[name]]));
  return {
    name: NAME,
    description: checkout.description,
    ...shared(checkout),
    keywords: checkout.keywords,
    type: checkout.type,
    exports: checkout.exports,
    bin: checkout.bin,
    dependencies: pick(EXTERNAL.filter((name) => !OF_QUEUES.includes(name))),
    optionalDependencies: Object.fromEntries(targets.map((target) => [nameOf(target), checkout.version])),
    peerDependencies: pick(OF_QUEUES),
    peerDependenciesMeta: Object.fromEntries(OF_QUEUES.map((name) => [name, { optional: true }])),
    // npm compiles a package with a binding.gyp without being asked.
    gypfile: false,
    gitHead: commit,
    compiles: { 'better-sqlite3': checkout.dependencies['better-sqlite3'], ...pick(['node-addon-api', 'node-gyp']) },
  };
}

/** The manifest of the compiled parts for a platform. @param {any} checkout @param {import('./targets.mjs').Target} target */
export function platformManifest(checkout, { name, only }) {
  return {
    name: `${NAME}-${name}`,
    description: `The compiled parts of ${NAME} for ${name}.`,
    ...shared(checkout),
    type: 'commonjs',
    ...only,
    preferUnplugged: true,
  };
}
