/** The runs of a study as its store records them: when they began and ended, and who worked. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { formatCount } from '../base/amounts.js';
import { STORE_FILE } from '../store/found.js';
import type { Provenance, StudyReader } from '../store/reader.js';
import { named, prose, type Table } from '../report/table.js';

export interface Run {
  /** ISO 8601; empty where it is not recorded */
  readonly started: string;
  /** undefined while the run goes on, and for ever if its process was killed */
  readonly ended: string | undefined;
  /** why it ended, in words */
  readonly ending: string;
  /** 0: of a merge, which computes nothing */
  readonly workers: number;
  readonly machine: string;
  readonly command: string;
}

const ENDINGS: Readonly<Record<string, string>> = {
  complete: 'complete',
  stopped: 'stopped by a signal',
  budget: 'stopped by its budget',
  failing: 'stopped: the first trials all failed',
  crashed: 'ended by an error',
  merged: 'merged from units of several machines',
};

export function runOf(provenance: Provenance): Run {
  const text = (name: string): string => {
    const value = provenance[name];
    return typeof value === 'string' ? value : '';
  };
  const { workers, cores, commandLine } = provenance;
  const { merged } = provenance;
  if (typeof merged === 'number') return mergeOf(merged, provenance['places']);
  const ended = text('ended');
  const error = text('error');
  return {
    started: text('started'),
    ended: ended === '' ? undefined : ended,
    ending: `${ENDINGS[text('ending')] ?? text('ending')}${error === '' ? '' : `: ${error}`}`,
    workers: typeof workers === 'number' && workers > 0 ? workers : 1,
    machine: `${text('cpu')}${typeof cores === 'number' ? `, ${formatCount(cores, 'core')}` : ''}`,
    command: Array.isArray(commandLine) ? ['basin', ...commandLine.map(String)].join(' ') : '',
  };
}

/** A merge is recorded when it is over, without times: its trials ran elsewhere, in units of a plan. */
function mergeOf(trials: number, places: unknown): Run {
  const known = Array.isArray(places) ? places.filter(isPlace) : [];
  const units = known.reduce((sum, place) => sum + place.units, 0);
  return {
    started: '',
    ended: '',
    ending: `merged ${formatCount(trials, 'trial')} of ${formatCount(units, 'unit')}`,
    workers: 0,
    machine: known.map(({ host, cpu, units: own }) => `${host} (${cpu}): ${formatCount(own, 'unit')}`).join('; '),
    command: '',
  };
}

interface Place {
  readonly host: string;
  readonly cpu: string;
  readonly units: number;
}

function isPlace(value: unknown): value is Place {
  const { host, cpu, units } = (value ?? {}) as Partial<Record<keyof Place, unknown>>;
  return typeof host === 'string' && typeof cpu === 'string' && typeof units === 'number';
}

/** Whether the newest run has not recorded its end. */
export function isUnderWay(runs: readonly Run[]): boolean {
  const last = runs.at(-1);
  return last !== undefined && last.ended === undefined;
}

/** Of the last run that computed; 1 before the first. */
export function workersOf(runs: readonly Run[]): number {
  return runs.findLast(({ workers }) => workers > 0)?.workers ?? 1;
}

/** When a store was written last, ISO 8601. Opening it to read makes an empty -wal, which does not count. */
export function writtenAt({ dir }: Pick<StudyReader, 'dir'>): string {
  const file = join(dir, STORE_FILE);
  const times = [file, `${file}-wal`].map((path) => {
    const state = statSync(path, { throwIfNoEntry: false });
    return state === undefined || state.size === 0 ? 0 : state.mtimeMs;
  });
  return new Date(Math.max(...times)).toISOString();
}

/** Runs that are listed. */
const MOST_RUNS = 10;

/** The newest first. */
export function runTable(runs: readonly Run[]): Table {
  return {
    columns: [named('began'), named('ended'), prose('how'), named('workers'), prose('machine'), prose('command')],
    rows: runs
      .toReversed()
      .slice(0, MOST_RUNS)
      .map(({ started, ended, ending, workers, machine, command }, i) => [
        moment(started),
        moment(ended ?? ''),
        ended !== undefined ? ending : i === 0 ? 'running' : 'no end recorded: it was killed',
        workers === 0 ? '' : String(workers),
        machine,
        command,
      ]),
  };
}

/** `2026-12-01 04:05:06 UTC`. */
function moment(iso: string): string {
  return iso === '' ? '' : iso.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC');
}
