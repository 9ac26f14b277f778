/** Addresses: `ID/CELL#TRIAL`, e.g. `fu2018-fig3/K=3,d=20,n=4000#7`. */
import { InputError } from '../base/errors.js';
import { sortedCellText } from '../settings/cellText.js';

export interface Address {
  readonly experiment: string;
  /** canonical text of the cell's settings */
  readonly cell: string;
  readonly trial: number;
}

const PATTERN = /^(?<experiment>[^/#\s]+)\/(?<cell>[^#\s]*)#(?<trial>\d{1,15})$/;

export function formatAddress(address: Address): string {
  return `${address.experiment}/${address.cell}#${address.trial}`;
}

/** Reads an address; settings may come in any order. Throws `InputError` on anything else than `ID/CELL#TRIAL`. */
export function parseAddress(text: string): Address {
  const groups = PATTERN.exec(text)?.groups;
  if (groups === undefined) throw badAddress(text);
  const { experiment = '', cell = '', trial = '' } = groups;
  const sorted = sortedCellText(cell);
  if (sorted === undefined) throw badAddress(text);
  return { experiment, cell: sorted, trial: Number(trial) };
}

function badAddress(text: string): InputError {
  return new InputError(`an address must look like ID/CELL#TRIAL, e.g. fu2018-fig3/K=3,d=20,n=4000#7, got '${text}'`);
}
