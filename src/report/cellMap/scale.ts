/** Colours of tiles: from values to places between 0 and 1, and from places to colours. */

/** From values to places between 0 and 1. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly place: (value: number) => number;
}

/** The ratio of the largest to the smallest value from which the scale is logarithmic. */
const WIDE = 100;

/** From 0 to 1 for shares, else over the values; logarithmic where they are above 0 and differ widely. */
export function scaleOf(values: readonly number[]): Scale {
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  if (!(least >= 0 && most <= 1) && least > 0 && most / least > WIDE) {
    const [low, width] = [Math.log(least), Math.log(most / least)];
    return { low: least, high: most, place: (value) => (Math.log(value) - low) / width };
  }
  const [low, high] = least >= 0 && most <= 1 ? [0, 1] : [least, most];
  return { low, high, place: (value) => (high > low ? (value - low) / (high - low) : 0.5) };
}

/** Stops of a ramp from dark blue over green to yellow, which colour-blind readers can order. */
const STOPS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

export function colourAt(place: number): string {
  const at = Math.min(1, Math.max(0, place)) * (STOPS.length - 1);
  const [from, to] = [STOPS[Math.floor(at)], STOPS[Math.ceil(at)]];
  const parts = from.map((part, i) => Math.round(part + (to[i] - part) * (at % 1)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Three digits are enough for a scale. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
