/** The `--set [ID.]key=value` options of a command. */
import { InputError } from '../../base/errors.js';
import type { Experiment } from '../../experiments/spec.js';
import { decimal } from '../../base/decimal.js';
import { suggest } from '../../base/suggest.js';
import { rangeOf } from '../../settings/describe.js';
import { typedList } from '../../settings/typedList.js';

export interface Overrides {
  /** the values in the form that the study's identity keeps: by `key` or `ID.key` */
  readonly byKey: Readonly<Record<string, string>>;
  /** the values for one experiment; `ID.key` has priority over `key` */
  readonly of: (experimentId: string) => ReadonlyMap<string, string>;
}

interface Override {
  /** undefined means every chosen experiment that has the key */
  readonly experiment: string | undefined;
  readonly key: string;
  readonly value: string;
}

/**
 * Reads the texts for the chosen experiments. Throws `InputError` on a text that is not `[ID.]key=value`, on an ID that
 * is not chosen, on a key that none of them has, and on a key given twice.
 */
export function parseOverrides(texts: readonly string[], experiments: readonly Experiment[]): Overrides {
  const overrides = texts.map((text) => parseOverride(text, experiments));
  const byKey: Record<string, string> = {};
  for (const override of overrides) {
    const name = override.experiment === undefined ? override.key : `${override.experiment}.${override.key}`;
    if (Object.hasOwn(byKey, name))
      throw new InputError(`--set ${name} must be given once, got '${byKey[name] ?? ''}' and '${override.value}'`);
    byKey[name] = override.value;
  }
  return {
    byKey,
    of: (id) =>
      select(
        overrides,
        experiments.find((experiment) => experiment.id === id),
      ),
  };
}

function parseOverride(text: string, experiments: readonly Experiment[]): Override {
  const groups = /^(?:(?<experiment>[^=.]+)\.)?(?<key>[^=.]+)=(?<value>.+)$/.exec(text)?.groups;
  if (groups === undefined) throw new InputError(`--set must look like key=value or ID.key=value, got '${text}'`);
  const { experiment, key = '', value = '' } = groups;
  requireChosen(experiment, experiments);
  const owners = experiments.filter(({ id }) => experiment === undefined || id === experiment);
  requireKey(key.trim(), owners);
  return { experiment, key: key.trim(), value: canonicalValue(key.trim(), value, owners) };
}

function requireChosen(id: string | undefined, experiments: readonly Experiment[]): void {
  const chosen = experiments.map((experiment) => experiment.id);
  if (id === undefined || chosen.includes(id)) return;
  throw new InputError(
    `the experiment of --set must be one of ${chosen.join(', ')}, got '${id}'${suggest(id, chosen)}`,
  );
}

function requireKey(key: string, owners: readonly Experiment[]): void {
  const known = [...new Set(owners.flatMap(({ settings }) => Object.keys(settings)))];
  if (known.includes(key)) return;
  const ids = owners.map(({ id }) => id).join(', ');
  throw new InputError(`--set key of ${ids} must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`);
}

// Study identities must treat 0.10 and 0.1, and 10:30:10 and 10,20,30, as the same override.
function canonicalValue(key: string, text: string, owners: readonly Experiment[]): string {
  const settings = owners.flatMap(({ settings: own }) => (Object.hasOwn(own, key) ? [own[key]] : []));
  const [first] = settings;
  const isRange = rangeOf(first) !== undefined && settings.every(({ kind, list }) => kind === first.kind && list);
  const parts = isRange ? typedList(key, text, first) : text.split(',').map((part) => part.trim());
  return parts.map((part) => (Number.isFinite(decimal(part)) ? String(decimal(part)) : part)).join(',');
}

function select(overrides: readonly Override[], experiment: Experiment | undefined): ReadonlyMap<string, string> {
  if (experiment === undefined) return new Map();
  const general = overrides.filter(
    ({ experiment: id, key }) => id === undefined && Object.hasOwn(experiment.settings, key),
  );
  const own = overrides.filter(({ experiment: id }) => id === experiment.id);
  return new Map([...general, ...own].map(({ key, value }) => [key, value]));
}
