/** The claims of an experiment: what decides each of them, the settings that each is about, and their verdicts. */
import { isWithoutWidth, UNKNOWN, type Noted } from '../statistics/estimate.js';
import { makeClaim, type Region } from '../statistics/verdict.js';
import type { CellSummary, Claim, Condition, Experiment, PublishedSettings, StatedClaim } from './spec.js';
import type { ValuesByName, Settings, SettingValue } from '../settings/types.js';

/** A claim of an experiment, to be judged. */
export function stateClaim(
  claim: Pick<StatedClaim, 'id' | 'statement' | 'source' | 'only'>,
  evidence: () => Noted,
  region: Region,
): StatedClaim {
  return { ...claim, evidence, region };
}

/** The claims of an experiment with their verdicts. */
export function judgedClaims(
  { claims }: Pick<Experiment, 'claims'>,
  cells: readonly CellSummary[],
  values: ValuesByName,
): Claim[] {
  return claims(cells, values).map((claim) => judge(claim, values));
}

/** The verdict of one claim. */
export function judge({ id, statement, source, region, only, evidence }: StatedClaim, values: ValuesByName): Claim {
  const { note, ...estimate } = evidenceOf(evidence);
  const elsewhere = only === undefined ? undefined : differenceFrom(only, values);
  const judged = makeClaim({ id, statement, source }, estimate, region);
  if (elsewhere !== undefined) return { ...judged, verdict: 'not-applicable', reason: elsewhere };
  const open = note ?? (isWithoutWidth(estimate) ? TIES : undefined);
  return judged.verdict === 'undecided' && open !== undefined ? { ...judged, reason: open } : judged;
}

/** Why an interval decides nothing when its two ends agree. */
const TIES = 'most trials gave this very value, which does not show how far others may lie';

function evidenceOf(evidence: () => Noted): Noted {
  try {
    return evidence();
  } catch (error) {
    return { ...UNKNOWN, note: `it cannot be computed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * The text names the settings that differ: `the paper has n = 100, d = 10; here n = 20, d = 4`. It is undefined when no
 * setting differs.
 */
function differenceFrom({ published, here = {} }: Condition, values: ValuesByName): string | undefined {
  const other = Object.entries(published).filter(
    ([name, wanted]) => !isPublished(effective(name, here, values), wanted),
  );
  if (other.length === 0) return undefined;
  const printed = other.map(([name, wanted]) => `${name} = ${textOf(isExact(wanted) ? wanted.all : wanted)}`);
  const found = other.map(([name]) => `${name} = ${textOf(effective(name, here, values))}`);
  return `the paper has ${printed.join(', ')}; here ${found.join(', ')}`;
}

type Wanted = PublishedSettings[string];

/** The value of a setting. A missing setting is a mistake in an experiment file. */
function effective(name: string, here: Settings, values: ValuesByName): SettingValue | readonly SettingValue[] {
  const value = here[name] ?? values[name];
  if (value === undefined)
    throw new TypeError(`a claim is about the setting '${name}', which the experiment does not have`);
  return value;
}

function isExact(wanted: Wanted): wanted is { readonly all: readonly SettingValue[] } {
  return typeof wanted === 'object' && 'all' in wanted;
}

function isPublished(value: SettingValue | readonly SettingValue[], wanted: Wanted): boolean {
  const found = listOf(value);
  if (!isExact(wanted)) return found.every((one) => listOf(wanted).includes(one));
  return found.length === wanted.all.length && found.every((one) => wanted.all.includes(one));
}

function listOf(value: SettingValue | readonly SettingValue[]): readonly SettingValue[] {
  return typeof value === 'object' ? value : [value];
}

function textOf(value: SettingValue | readonly SettingValue[]): string {
  return listOf(value).join(', ');
}
