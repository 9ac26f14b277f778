/** Finds the place in a user's files that caused an error. */
import { SourceMap } from 'node:module';
import { Cancelled, InputError } from '../base/errors.js';
import type { OwnCode } from '../experiments/spec.js';

/** The name of a bundle in stack traces. */
export function scriptName({ digest }: OwnCode): string {
  return `basin-definition-${digest}.js`;
}

/**
 * The same error, with the line of the user's file in front of its message: `plateau.ts:12: …`. For an error inside a
 * package, it is the line that called the package. The path is relative to the module's folder, so the text does not
 * depend on where that folder is.
 */
export function located(code: OwnCode, error: unknown): unknown {
  if (error instanceof Cancelled) return error;
  const place = placeOf(code, error);
  const message = error instanceof Error ? error.message || error.name : `threw ${String(error)}`;
  const text = `${place ?? code.name}: ${kindOf(error)}${message}`;
  return error instanceof InputError ? new InputError(text) : new Error(text, { cause: error });
}

// A message such as `u is undefined` is clear on its own. The message of a RangeError from the engine may not be.
function kindOf(error: unknown): string {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
    ? `${error.name}: `
    : '';
}

function placeOf(code: OwnCode, error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  const frames = error.stack.split('\n').flatMap((line) => frameOf(scriptName(code), line));
  if (frames.length === 0) return undefined;
  const map = new SourceMap(JSON.parse(code.map) as ConstructorParameters<typeof SourceMap>[0]);
  const places = frames.flatMap(({ line, column }) => {
    const entry = map.findEntry(line - 1, column - 1);
    return 'originalSource' in entry ? [{ file: entry.originalSource, line: entry.originalLine + 1 }] : [];
  });
  const own = places.find(({ file }) => !file.includes('node_modules/')) ?? places.at(0);
  return own && `${own.file}:${own.line}`;
}

function frameOf(script: string, line: string): { readonly line: number; readonly column: number }[] {
  const at = line.indexOf(script);
  const groups = at < 0 ? undefined : /^:(?<line>\d+):(?<column>\d+)/.exec(line.slice(at + script.length))?.groups;
  return groups === undefined ? [] : [{ line: Number(groups['line']), column: Number(groups['column']) }];
}
