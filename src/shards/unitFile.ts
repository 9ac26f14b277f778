/**
 * The result of one unit as bytes: a header, a line for every trial, a footer with count and digest, compressed. A file that is cut
 * off or damaged is recognised. The same unit performed twice differs in times and place only.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { TRIAL } from '../store/shapes.js';
import type { CurveRow, TrialRow } from '../store/writer.js';
import { MACHINE, type ShardPlan, type Unit } from './plan.js';

/** Who performed a unit, where and when. */
const PLACE = z.object({ host: z.string(), cpu: z.string(), build: z.string(), ...MACHINE.shape, seconds: z.number(), workers: z.int() });
export type UnitPlace = z.infer<typeof PLACE>;

const HEADER = z.object({ plan: z.string(), unit: z.int().min(0), first: z.int().min(0), count: z.int().min(1), place: PLACE });
const ROW = z.object({ ...TRIAL.omit({ origin: true }).shape, measures: z.string(), curves: z.record(z.string(), z.string()) });
const FOOTER = z.object({ rows: z.int(), sha256: z.string() });

export interface UnitResult {
  readonly unit: number;
  readonly place: UnitPlace;
  readonly rows: readonly TrialRow[];
  readonly curves: readonly CurveRow[];
}

/** A unit's result is not what was written. */
export class DamagedUnit extends Error {
  override readonly name = 'DamagedUnit';
}

export function encodeUnit({ hash }: ShardPlan, unit: Unit, { place, rows, curves }: UnitResult): Buffer {
  const curvesOf = new Map<number, Record<string, string>>();
  for (const { trial, name, values } of curves) curvesOf.set(trial, { ...curvesOf.get(trial), [name]: base64(values) });
  const header = { plan: hash, unit: unit.index, first: unit.first, count: unit.count, place };
  const lines = [header, ...rows.map((row) => ({ ...row, curves: curvesOf.get(row.trial) ?? {} }))];
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return gzipSync(`${body}${JSON.stringify({ rows: rows.length, sha256: digestOf(body) })}\n`);
}

/** Throws `DamagedUnit`, with the reason, for anything else than a whole result of one of the plan's units. */
export function decodeUnit(plan: ShardPlan, units: readonly Unit[], bytes: Uint8Array): UnitResult {
  const lines = unpacked(bytes).split('\n');
  if (lines.length < 3 || lines.at(-1) !== '') throw new DamagedUnit('cut off');
  const footer = parsed(FOOTER, lines.at(-2));
  const body = `${lines.slice(0, -2).join('\n')}\n`;
  if (footer.sha256 !== digestOf(body)) throw new DamagedUnit('its digest is not that of its content');
  const header = parsed(HEADER, lines[0]);
  if (header.plan !== plan.hash) throw new DamagedUnit('of another plan');
  if (header.place.build !== plan.content.build) throw new DamagedUnit(`performed by build ${header.place.build}, the plan is of ${plan.content.build}`);
  const unit = units.at(header.unit);
  if (unit?.first !== header.first || unit.count !== header.count) throw new DamagedUnit('of no unit of the plan');
  const rows = lines.slice(1, -2).map((line) => parsed(ROW, line));
  if (rows.length !== unit.count || rows.some(({ trial }, index) => trial !== unit.first + index)) throw new DamagedUnit('it does not have every trial of its unit');
  return {
    unit: unit.index,
    place: header.place,
    rows: rows.map(({ trial, status, seconds, measures, error }) => ({ trial, status, seconds, measures, error })),
    curves: rows.flatMap(({ trial, curves }) => Object.entries(curves).map(([name, text]) => ({ trial, name, values: doubles(text) }))),
  };
}

function unpacked(bytes: Uint8Array): string {
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new DamagedUnit(error instanceof Error ? error.message : String(error));
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
  if (bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) throw new DamagedUnit('a curve is not whole numbers of 8 bytes');
  return new Float64Array(bytes.buffer);
}
