/**
 * The result of one unit as compressed bytes: a header, a line for every trial, and a footer with count and digest. A
 * file that is truncated or damaged is recognised. When the same unit is performed twice, the two files differ only in
 * times and place.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { visible } from '../base/visible.js';
import { decodeMeasures, encodeMeasures, type Measures } from '../store/measures.js';
import type { CurveRow, TrialRow } from '../store/writer.js';
import { MACHINE, type ShardPlan, type Unit } from './plan.js';
import type { PlanUnits, TrialNames } from './planUnits.js';

const LONGEST_WORD = 200;
/** Longest error text that is accepted. */
const LONGEST_ERROR = 20_000;
const MOST_SECONDS = 1e9;

const word = z.string().max(LONGEST_WORD);
const seconds = z.number().min(0).max(MOST_SECONDS);

/** Who performed a unit, where, and how fast. */
const PLACE = z.object({
  host: word,
  cpu: word,
  build: word,
  ...MACHINE.shape,
  seconds,
  workers: z.int().min(1).max(10_000),
});
export type UnitPlace = z.infer<typeof PLACE>;

const HEADER = z.object({
  plan: z.string(),
  unit: z.int().min(0),
  first: z.int().min(0),
  count: z.int().min(1),
  place: PLACE,
});
const ROW = z
  .object({
    trial: z.int().min(0),
    status: z.enum(['ok', 'diverged', 'failed']),
    seconds,
    measures: z.string(),
    error: z.string().max(LONGEST_ERROR).nullable(),
    curves: z.record(z.string(), z.string()),
  })
  .refine(({ status, error }) => (status === 'failed') === (error !== null));
type Row = z.infer<typeof ROW>;
const FOOTER = z.object({ rows: z.int(), sha256: z.string() });

/**
 * Largest unpacked sizes in bytes: of a trial without curves, of its curves, and of header and footer. Larger files are
 * not valid results.
 */
const TRIAL_BYTES = 2 ** 16;
const CURVES_BYTES = 2 ** 21;
const FRAME_BYTES = 2 ** 16;

export interface UnitResult {
  readonly unit: number;
  readonly place: UnitPlace;
  readonly rows: readonly TrialRow[];
  readonly curves: readonly CurveRow[];
}

/** Thrown when a unit's result is not what was written. */
export class DamagedUnit extends Error {
  override readonly name = 'DamagedUnit';
}

export function encodeUnit({ hash }: ShardPlan, unit: Unit, { place, rows, curves }: UnitResult): Buffer {
  const curvesOf = new Map<number, Record<string, string>>();
  for (const { trial, name, values } of curves) curvesOf.set(trial, { ...curvesOf.get(trial), [name]: base64(values) });
  const header = { plan: hash, unit: unit.index, first: unit.first, count: unit.count, place };
  const lines = [
    header,
    ...rows.map((row) => ({ ...row, measures: encodeMeasures(row.measures), curves: curvesOf.get(row.trial) ?? {} })),
  ];
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return gzipSync(`${body}${JSON.stringify({ rows: rows.length, sha256: digestOf(body) })}\n`);
}

/**
 * The result of a unit. Every value is checked, because the bytes may come from anywhere.
 * @throws DamagedUnit, with the reason, for anything but a complete result of this unit of the plan
 */
export function decodeUnit({ plan, units, namesOf }: PlanUnits, index: number, bytes: Uint8Array): UnitResult {
  const unit = units.at(index);
  if (unit?.index !== index) throw new DamagedUnit('of no unit of the plan');
  const names = namesOf(unit);
  const lines = unpacked(bytes, unit, names).split('\n');
  if (lines.length < 3 || lines.at(-1) !== '') throw new DamagedUnit('cut off');
  const footer = parsed(FOOTER, lines.at(-2));
  const body = `${lines.slice(0, -2).join('\n')}\n`;
  if (footer.sha256 !== digestOf(body)) throw new DamagedUnit('its digest is not that of its content');
  const { place } = requireHeader(plan, unit, lines[0]);
  const rows = lines.slice(1, -2).map((line) => parsed(ROW, line));
  if (rows.length !== unit.count || rows.some(({ trial }, index) => trial !== unit.first + index))
    throw new DamagedUnit('it does not have every trial of its unit');
  return {
    unit: unit.index,
    place,
    rows: rows.map((row) => {
      requireCurves(row, names);
      const { trial, status, seconds, error } = row;
      return { trial, status, seconds, error, measures: measuresOf(row, names) };
    }),
    curves: rows.flatMap(({ trial, curves }) =>
      Object.entries(curves).map(([name, text]) => ({ trial, name, values: doubles(text) })),
    ),
  };
}

function requireHeader(plan: ShardPlan, unit: Unit, line: string): z.infer<typeof HEADER> {
  const header = parsed(HEADER, line);
  const { build } = header.place;
  if (header.plan !== plan.hash) throw new DamagedUnit('of another plan');
  if (build !== plan.content.build)
    throw new DamagedUnit(`performed by build ${visible(build)}, the plan is of ${plan.content.build}`);
  if (header.unit !== unit.index) throw new DamagedUnit(`it holds unit ${header.unit}`);
  if (unit.first !== header.first || unit.count !== header.count) throw new DamagedUnit('of no unit of the plan');
  return header;
}

function unpacked(bytes: Uint8Array, { count }: Unit, { curves }: TrialNames): string {
  const maxOutputLength = FRAME_BYTES + count * (TRIAL_BYTES + (curves.size > 0 ? CURVES_BYTES : 0));
  try {
    return gunzipSync(bytes, { maxOutputLength }).toString('utf8');
  } catch (error) {
    throw new DamagedUnit(
      error instanceof RangeError ? `it unpacks to more than ${maxOutputLength} bytes` : 'it cannot be unpacked',
    );
  }
}

/** Only names of the experiment are accepted. */
function measuresOf({ measures: text }: Row, names: TrialNames): Measures {
  const measures = decoded(text);
  const measure = Object.keys(measures).find((name) => !names.measures.has(name));
  if (measure !== undefined) throw new DamagedUnit(`its experiment has no measure '${visible(measure)}'`);
  return measures;
}

function requireCurves({ curves }: Row, names: TrialNames): void {
  const curve = Object.keys(curves).find((name) => !names.curves.has(name));
  if (curve !== undefined) throw new DamagedUnit(`its experiment has no curve '${visible(curve)}'`);
}

function decoded(text: string): Measures {
  try {
    return decodeMeasures(text);
  } catch {
    throw new DamagedUnit('its measures are not numbers by name');
  }
}

function parsed<T>(shape: z.ZodType<T>, line: string | undefined): T {
  try {
    return shape.parse(JSON.parse(line ?? ''));
  } catch {
    throw new DamagedUnit('a line is not what was written');
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function base64(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function doubles(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  if (bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0)
    throw new DamagedUnit('a curve is not whole numbers of 8 bytes');
  return new Float64Array(bytes.buffer);
}
