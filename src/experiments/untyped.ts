/** Settings by name alone, of the experiments that do not declare theirs yet. */
import type { Settings } from '../settings/types.js';
import type { TrialContext } from './spec.js';

/** A context whose settings are known to be there. */
export function typed<S>(context: TrialContext): TrialContext<S> {
  return context as unknown as TrialContext<S>;
}

/** Settings that are known to be there. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- goes with this file
export function typedSettings<S>(settings: Settings): S {
  return settings as unknown as S;
}

/** The numeric setting of a name; a missing one is a mistake in an experiment file. */
export function numberOf(settings: Settings, name: string): number {
  const value = settings[name];
  if (typeof value !== 'number') throw new TypeError(`setting '${name}' is not a number: ${value}`);
  return value;
}

/** The textual setting of a name. */
export function textOf(settings: Settings, name: string): string {
  const value = settings[name];
  if (typeof value !== 'string') throw new TypeError(`setting '${name}' is not a text: ${value}`);
  return value;
}
