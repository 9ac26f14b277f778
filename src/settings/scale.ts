/** `smoke`: seconds, used in tests; `quick`: about a minute on two cores; `paper`: the paper's own counts. */
export const SCALES = ['smoke', 'quick', 'paper'] as const;
export type Scale = (typeof SCALES)[number];

/** One value for each scale. */
export type ByScale<T> = Readonly<Record<Scale, T>>;

/** One value for every scale, or one for each. */
export type PerScale<T> = T | ByScale<T>;

/** The value of each scale. */
export function byScale<T extends number | string | readonly unknown[]>(given: PerScale<T>): ByScale<T> {
  return isByScale(given) ? given : { smoke: given, quick: given, paper: given };
}

function isByScale<T extends number | string | readonly unknown[]>(given: PerScale<T>): given is ByScale<T> {
  return typeof given === 'object' && !Array.isArray(given);
}
