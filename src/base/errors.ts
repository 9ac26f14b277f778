/**
 * Bad usage or bad input: the one error that the command line prints as a single line and turns into exit code 2.
 * The message says what was wrong, what is allowed and what was received.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * Thrown inside a trial when the user or a budget asks it to stop; such a trial is not stored and runs again on resume.
 */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('cancelled');
  }
}

/** Throws `Cancelled` when a flag is given and not 0. */
export function throwIfCancelled(cancel: Int32Array | undefined): void {
  if (cancel !== undefined && Atomics.load(cancel, 0) !== 0) throw new Cancelled();
}

/** Throws an `InputError` in the form “what must be allowed, got received”, with a suggestion of similar words. */
export function refuse(what: string, allowed: string, received: unknown, suggestion = ''): never {
  const text = textOf(received);
  const shown = typeof received === 'string' ? `'${text}'` : text;
  throw new InputError(`${what} must be ${allowed}, got ${shown}${suggestion}`);
}

/** Any value as a text for a message. */
export function textOf(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return 'an empty list';
  try {
    return String(value);
  } catch {
    // Objects without a prototype, and those whose toString throws.
    return Object.prototype.toString.call(value);
  }
}
