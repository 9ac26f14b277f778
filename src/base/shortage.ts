/** Errors that say what the machine, or a limit set on it, does not give. */

const SHORTAGES: readonly (readonly [sign: RegExp, what: string])[] = [
  [/\b(EMFILE|ENFILE)\b|too many open files/i, 'too many files are open: raise ulimit -n'],
  [
    /array buffer allocation failed|invalid (typed )?array (buffer )?length|\bENOMEM\b|ERR_WORKER_OUT_OF_MEMORY|out of memory|bad_alloc/i,
    'not enough memory',
  ],
  [/ERR_WORKER_INIT_FAILED|\bEAGAIN\b/, 'no more threads can be made: give fewer --workers, or raise ulimit -u'],
];

/** What is short, and how to have more of it; undefined for an error that says no such thing. */
export function shortageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  const shortage = SHORTAGES.find(([sign]) => sign.test(`${code} ${error.message}`));
  return shortage?.[1] ?? shortageOf(error.cause);
}
