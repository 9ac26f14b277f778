/** Addresses: `ID/CELL#TRIAL`, e.g. `fu2018-fig3/K=3,d=20,n=4000#7`. */
import { InputError } from '../base/errors.js';
import type { Settings } from '../experiments/spec.js';

export interface Address {
  readonly experiment: string;
  /** canonical text of the cell's settings */
  readonly cell: string;
  readonly trial: number;
}

const PATTERN = /^(?<experiment>[^/#\s]+)\/(?<cell>[^/#\s]*)#(?<trial>\d{1,15})$/;
const SETTING = /^[^=,/#\s]+=[^=,/#\s]+$/;

/** The canonical text of settings: `key=value`, sorted by key, joined by commas. */
export function cellText(settings: Settings): string {
  const parts = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  for (const part of parts) {
    if (!SETTING.test(part)) throw new Error(`setting '${part}' cannot stand in an address: no space, comma, '=', '/' or '#'`);
  }
  return parts.sort(byKey).join(',');
}

export function formatAddress(address: Address): string {
  return `${address.experiment}/${address.cell}#${address.trial}`;
}

/** Reads an address; settings may come in any order. Throws `InputError` on anything else than `ID/CELL#TRIAL`. */
export function parseAddress(text: string): Address {
  const groups = PATTERN.exec(text)?.groups;
  if (groups === undefined) throw badAddress(text);
  const { experiment = '', cell = '', trial = '' } = groups;
  const parts = cell === '' ? [] : cell.split(',');
  if (!parts.every((part) => SETTING.test(part))) throw badAddress(text);
  return { experiment, cell: parts.sort(byKey).join(','), trial: Number(trial) };
}

function badAddress(text: string): InputError {
  return new InputError(`an address must look like ID/CELL#TRIAL, e.g. fu2018-fig3/K=3,d=20,n=4000#7, got '${text}'`);
}

// Keys are compared as code units: the order must not depend on a locale.
function byKey(a: string, b: string): number {
  const [left = ''] = a.split('=');
  const [right = ''] = b.split('=');
  return left < right ? -1 : left > right ? 1 : 0;
}
