/**
 * How numbers, durations, sizes and counts are written for people: one place, so that they look alike everywhere.
 */

export const UNKNOWN = '–';

/** Significant digits of a number that is exact. */
export const EXACT_DIGITS = 6;

/** A number in at most `digits` significant digits, without trailing zeros; powers of ten only far from 1. */
export function formatNumber(value: number, digits = EXACT_DIGITS): string {
  if (Number.isNaN(value)) return UNKNOWN;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (exponentOutside(value) === 0) return String(Number(value.toPrecision(digits)));
  const [mantissa, power] = value.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}e${Number(power)}`;
}

/** A duration for people: `0.12 s`, `42 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 9.95) return `${Number(seconds.toPrecision(2))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size for people, in powers of 1000: `0 B`, `4.1 kB`, `120 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return UNKNOWN;
  const power =
    bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Number(bytes.toPrecision(2))) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(2))} ${BYTE_UNITS[power]}`;
}

/** `1 trial`, `2 trials`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The power of ten to take out of a number; 0 while it reads well as a plain decimal. */
export function exponentOutside(value: number): number {
  const size = Math.abs(value);
  return size === 0 || size === Infinity || (size >= 1e-3 && size < 1e6) ? 0 : exponentOf(size);
}

/** The power of ten of the first digit. */
export function exponentOf(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}
