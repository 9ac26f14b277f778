/** How a trial ended. */
const STATUSES = ['ok', 'diverged', 'failed', 'censored'] as const;
/**
 * `censored`: stopped at a limit or not begun because of one; such a trial is not done, and runs again under a higher
 * limit.
 */
export type TrialStatus = (typeof STATUSES)[number];

export function isTrialStatus(value: unknown): value is TrialStatus {
  return STATUSES.some((status) => status === value);
}
