/** From a bundle to what it defines. */
import { Console } from 'node:console';
import { compileFunction } from 'node:vm';
import { InputError } from '../base/errors.js';
import type { Experiment, OwnCode } from '../experiments/spec.js';
import { inOwnCode, ownExperiment } from './experiment.js';
import * as library from './library.js';
import { scriptName } from './lines.js';
import { provide } from './modules.js';
import { DefinedExperiment } from './own.js';

const loaded = new Map<string, Experiment>();

/**
 * The experiment of a bundle, which is evaluated once in a thread.
 * @throws InputError for one that throws, and one that exports no experiment
 */
export function loadExperiment(code: OwnCode): Experiment {
  // Equal texts of different files have their lines in different places.
  const key = `${code.digest} ${code.map}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const experiment = checked(code, () => ownExperiment(definitionOf(code), code));
  loaded.set(key, experiment);
  return experiment;
}

function definitionOf(code: OwnCode): DefinedExperiment['definition'] {
  const exported = inOwnCode(code, () => evaluate(code));
  const found = exported instanceof DefinedExperiment ? exported : memberOf(exported, 'default');
  if (found instanceof DefinedExperiment) return found.definition;
  throw new InputError(
    "it must have a default export made by defineExperiment(), e.g. export default defineExperiment({ id: 'plateau', … })",
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** What the program prints is a contract: a user's words go to stderr. */
const errors = new Console({ stdout: process.stderr, stderr: process.stderr });
/** Enough for packages that look around; nothing that a result could follow from, or that ends the program. */
const nothing = Object.freeze({
  env: Object.freeze({}),
  argv: Object.freeze([]),
  versions: Object.freeze({}),
  platform: '',
});

function evaluate(code: OwnCode): unknown {
  const module = { exports: {} as unknown };
  const run = compileFunction(code.text, ['module', 'exports', 'require', 'console', 'process'], {
    filename: scriptName(code),
  }) as (...given: unknown[]) => void;
  run(module, module.exports, (name: string) => provide(name, library), errors, nothing);
  return module.exports;
}

/** Whatever goes wrong before a trial runs is a mistake in the module: one line with its name. */
function checked<T>(code: OwnCode, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(message.startsWith(code.name) ? message : `${code.name}: ${message}`);
  }
}
