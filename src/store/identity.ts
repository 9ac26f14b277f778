/** The identity of a study folder: one seed, one scale, one set of overrides. */
import { InputError } from '../base/errors.js';
import type { Precision } from '../core/descent/precisions.js';
import type { Scale } from '../settings/scale.js';
import type { Experiment, OwnCode } from '../experiments/spec.js';
import type { ValuesByName, SettingValue } from '../settings/types.js';

export interface StudyIdentity {
  readonly seed: number;
  readonly scale: Scale;
  /** the `--set` overrides by key (`key` or `ID.key`) */
  readonly overrides: Readonly<Record<string, string>>;
  /** `--partitions`: the number of partitions of every training set; absent: it follows from the size */
  readonly partitions?: number | undefined;
  /** `--precision` of the descents; absent: float64 */
  readonly precision?: Exclude<Precision, 'float64'> | undefined;
}

/** An experiment of a study with everything that fixes its results. */
export interface StoredExperiment {
  readonly id: string;
  readonly version: number;
  readonly values: ValuesByName;
  /** of a user's own experiment */
  readonly code?: OwnCode | undefined;
  /** of a study of one's own: what its file says, see `Experiment.specText` */
  readonly study?: string | undefined;
}

/** What a store keeps of an experiment with these values. */
export function storedAs({ id, version, code, specText: study }: Experiment, values: ValuesByName): StoredExperiment {
  return { id, version, values, code, study };
}

/**
 * The number of partitions and the precision are kept among the overrides, under names that no `--set` key can have:
 * programs that do not know them refuse the study.
 */
const PARTITIONS = '--partitions';
const PRECISION = '--precision';

export function storedOverrides({ overrides, partitions, precision }: StudyIdentity): Record<string, string> {
  return {
    ...overrides,
    ...(partitions === undefined ? {} : { [PARTITIONS]: String(partitions) }),
    ...(precision === undefined ? {} : { [PRECISION]: precision }),
  };
}

export function storedIdentity({ overrides, ...identity }: StudyIdentity): StudyIdentity {
  const { [PARTITIONS]: partitions, [PRECISION]: precision, ...sets } = overrides;
  return {
    ...identity,
    overrides: sets,
    ...(partitions === undefined ? {} : { partitions: Number(partitions) }),
    ...(precision === undefined ? {} : { precision: 'mixed' }),
  };
}

/** JSON with sorted keys: equal objects give equal text. */
export function canonicalJson(object: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))));
}

/** Throws `InputError` naming both values when a folder was made for another seed, scale or `--set`. */
export function requireSameIdentity(dir: string, stored: StudyIdentity, wanted: StudyIdentity): void {
  const same = `study folder '${dir}' must be continued with the same`;
  if (stored.seed !== wanted.seed)
    throw new InputError(`${same} --seed ${stored.seed}, got ${wanted.seed}; or choose another --out`);
  if (stored.scale !== wanted.scale)
    throw new InputError(`${same} --scale ${stored.scale}, got ${wanted.scale}; or choose another --out`);
  if (stored.partitions !== wanted.partitions) {
    throw new InputError(
      `${same} --partitions (${stored.partitions ?? 'not given'}), got (${wanted.partitions ?? 'not given'}); or choose another --out`,
    );
  }
  if (stored.precision !== wanted.precision) {
    throw new InputError(
      `${same} --precision ${stored.precision ?? 'float64'}, got ${wanted.precision ?? 'float64'}; or choose another --out`,
    );
  }
  const [before, now] = [showOverrides(stored.overrides), showOverrides(wanted.overrides)];
  if (before !== now) throw new InputError(`${same} --set values (${before}), got (${now}); or choose another --out`);
}

/**
 * Throws `InputError` when stored results of an experiment would not be this program's results: another version, or
 * another value of a setting outside the grid. Lists are axes of the grid and may change.
 */
export function requireSameExperiment(dir: string, stored: StoredExperiment, wanted: StoredExperiment): void {
  const start = `study folder '${dir}' holds ${stored.id}`;
  if (stored.version !== wanted.version) {
    throw new InputError(
      `${start} version ${stored.version}, this program has version ${wanted.version}; choose another --out`,
    );
  }
  for (const key of new Set([...Object.keys(stored.values), ...Object.keys(wanted.values)])) {
    const [before, now] = [stored.values[key], wanted.values[key]];
    if (isAxis(before) && isAxis(now)) continue;
    if (String(before) !== String(now))
      throw new InputError(
        `${start} with ${key}=${String(before)}, this program has ${key}=${String(now)}; choose another --out`,
      );
  }
}

/** A list; or none, where a value was not asked for. */
function isAxis(value: ValuesByName[string] | undefined): boolean {
  return value === undefined || Array.isArray(value);
}

/**
 * The values of an experiment that continues, followed by the files of numbers that the study holds already: trials of
 * an earlier grid can be performed again from them.
 */
export function withEarlierFiles({ values }: StoredExperiment, earlier: StoredExperiment | undefined): ValuesByName {
  const before = filesIn(earlier?.values);
  return before.length === 0 ? values : { ...values, files: [...new Set([...filesIn(values), ...before])] };
}

function filesIn({ files = [] }: ValuesByName = {}): readonly SettingValue[] {
  return typeof files === 'object' ? files : [];
}

function showOverrides(overrides: Readonly<Record<string, string>>): string {
  const entries = Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? 'none' : entries.map(([key, value]) => `${key}=${value}`).join(' ');
}
