/** Finds what is wrong with an installation from the errors of loading its parts. */
import { setUpCommand } from './package.js';

const WITH_OTHER_NODE = /NODE_MODULE_VERSION (\d+)[^]*NODE_MODULE_VERSION (\d+)/;
/** Packages that a released package leaves to those who use queues. */
const OF_QUEUES = /Cannot find (?:package|module) '(bullmq|ioredis|pg)'/;
const LOADING_CODES = new Set([
  'ERR_DLOPEN_FAILED',
  'MODULE_NOT_FOUND',
  'ERR_MODULE_NOT_FOUND',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_INVALID_PACKAGE_CONFIG',
]);

/** One line that says what is wrong and what to do; undefined for an error that does not come from the installation. */
export function moduleProblem(message: string, code: string | undefined): string | undefined {
  const versions = WITH_OTHER_NODE.exec(message);
  if (versions !== null) {
    return `basin was set up with another Node (module version ${versions[1]}) than this ${process.version} (${versions[2]}): run ${setUpCommand()} with this one, or run basin with that one`;
  }
  const missing = OF_QUEUES.exec(message);
  if (missing !== null) return `queues need ${missing[1]}: npm install bullmq ioredis, and pg for PostgreSQL`;
  if (!LOADING_CODES.has(code ?? '') && !message.includes('Could not locate the bindings file')) return undefined;
  return `a part of basin cannot be loaded: run ${setUpCommand()}, or raise ulimit -n (${message.split('\n')[0]})`;
}
