/** Errors of missing resources: memory, files or threads that the machine or a limit refuses. */

const SHORTAGES: readonly (readonly [sign: RegExp, what: string])[] = [
  [/\b(EMFILE|ENFILE)\b|too many open files/i, 'too many files are open: raise ulimit -n'],
  [
    /array buffer allocation failed|invalid (typed )?array (buffer )?length|\bENOMEM\b|ERR_WORKER_OUT_OF_MEMORY|out of memory|bad_alloc/i,
    'not enough memory',
  ],
  [/ERR_WORKER_INIT_FAILED|\bEAGAIN\b/, 'no more threads can be made: give fewer --workers, or raise ulimit -u'],
];

/** The missing resource and how to get more of it; undefined for other errors. */
export function shortageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  const shortage = SHORTAGES.find(([sign]) => sign.test(`${code} ${error.message}`));
  return shortage?.[1] ?? shortageOf(error.cause);
}
