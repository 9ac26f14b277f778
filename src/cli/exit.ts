/** The exit codes of DESIGN section 6. */
export const ExitCode = {
  /** done; no claim fails */
  done: 0,
  /** a claim fails, a comparison differs, or every start diverged */
  differs: 1,
  /** bad usage, bad input or a damaged store */
  usage: 2,
  /** stopped early by a budget or a signal; the same command continues */
  stopped: 3,
  /**
   * an internal error; also when a part of a report could not be made, in which case everything else has been written
   */
  internal: 4,
} as const;

export type ExitCodeValue = (typeof ExitCode)[keyof typeof ExitCode];
export type SetExitCode = (code: ExitCodeValue) => void;
