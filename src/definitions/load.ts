/** Loads the definitions of a bundle. */
import { Console } from 'node:console';
import { compileFunction } from 'node:vm';
import { InputError } from '../base/errors.js';
import { studyExperiment, studyRunner } from '../experiments/own/experiment.js';
import type { StudySpec } from '../experiments/own/spec.js';
import type { Experiment, OwnCode, StudyFile } from '../experiments/spec.js';
import { USED } from './bundle.js';
import { inOwnCode, ownExperiment } from './experiment.js';
import * as library from './library.js';
import { scriptName } from './lines.js';
import { provide } from './modules.js';
import { DefinedExperiment } from './own.js';
import { ownWords } from './ownWords.js';
import { DefinedMeasure } from './measure.js';
import { ownMeasuresOf } from './ownMeasures.js';
import { NO_VOCABULARY, within, type Vocabulary } from './within.js';
import { DefinedWord } from './words.js';

const loaded = new Map<string, Loaded>();

/**
 * The experiment of a bundle. The bundle is evaluated once per thread.
 * @throws InputError for a bundle that throws, and for one that exports neither an experiment nor words
 */
export function loadExperiment(code: OwnCode, files?: readonly StudyFile[]): Experiment {
  const { experiment, vocabulary } = loadCode(code);
  return experiment ?? within(code, vocabulary, () => studyRunner(files));
}

/** The definitions of a bundle that a study file uses. Throws as `loadExperiment` does. */
export function vocabularyOf(code: OwnCode | undefined): Vocabulary {
  return code === undefined ? NO_VOCABULARY : loadCode(code).vocabulary;
}

/** A user's own study, with the words of the code that it uses. */
export function studyUsing(spec: StudySpec, code: OwnCode | undefined): Experiment {
  return code === undefined ? studyExperiment(spec) : within(code, vocabularyOf(code), () => studyExperiment(spec));
}

/** What a bundle defines: an experiment, or words and measures for study files. */
interface Loaded {
  readonly experiment?: Experiment;
  readonly vocabulary: Vocabulary;
}

function loadCode(code: OwnCode): Loaded {
  // Different files with equal text can have their lines in different places.
  const key = `${code.digest} ${code.map}`;
  const known = loaded.get(key) ?? checked(code, () => newlyLoaded(code));
  loaded.set(key, known);
  return known;
}

function newlyLoaded(code: OwnCode): Loaded {
  const exported = inOwnCode(code, () => evaluate(code));
  const used = memberOf(exported, USED);
  if (!Array.isArray(used))
    return { experiment: ownExperiment(definitionOf(exported), code), vocabulary: NO_VOCABULARY };
  const defined = definedIn(code, used);
  const words = defined.filter((one) => one instanceof DefinedWord);
  const measures = defined.filter((one) => one instanceof DefinedMeasure);
  return { vocabulary: { words: ownWords(words, code), measures: ownMeasuresOf(measures, code) } };
}

type Defined = DefinedWord | DefinedMeasure;

/** The definitions that modules export. Each is listed once: a module may re-export a definition of another. */
function definedIn(code: OwnCode, modules: readonly unknown[]): Defined[] {
  const names = code.name.split(', ');
  const found = modules.map((module, at) => {
    const exported: readonly unknown[] = Object.values(module as object);
    const definitions = exported.filter(isDefined);
    if (definitions.length > 0) return definitions;
    const got = Object.keys(module as object).join(', ') || 'nothing';
    throw new InputError(
      `${names[at]}: it must export what defineInputs(), defineActivation() or another of their kind returns, got ${got}`,
    );
  });
  return [...new Set(found.flat())];
}

function isDefined(value: unknown): value is Defined {
  return value instanceof DefinedWord || value instanceof DefinedMeasure;
}

function definitionOf(exported: unknown): DefinedExperiment['definition'] {
  const found = exported instanceof DefinedExperiment ? exported : memberOf(exported, 'default');
  if (found instanceof DefinedExperiment) return found.definition;
  throw new InputError(
    "it must have a default export made by defineExperiment(), e.g. export default defineExperiment({ id: 'plateau', … })",
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The output of the program has a fixed format, so the output of a user's code goes to stderr. */
const errors = new Console({ stdout: process.stderr, stderr: process.stderr });
/**
 * A substitute for `process`. It suffices for packages that inspect their environment. Results cannot depend on it, and
 * it cannot end the program.
 */
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

/** Every error before a trial runs is a mistake in the module. It becomes one line with the module's name. */
function checked<T>(code: OwnCode, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(message.startsWith(code.name) ? message : `${code.name}: ${message}`);
  }
}
