/** Checks of the rows of a store. Others may have written to the file, so its content is not trusted. */
import { z } from 'zod';
import { SCALES } from '../settings/scale.js';

/** Thrown when a row, or a part of one, cannot have been written by this program. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

const count = z.int().min(0);
const settingValue = z.union([z.number(), z.string()]);

export const STUDY = z.object({
  seed: count,
  scale: z.enum(SCALES),
  overrides: json(z.record(z.string(), z.string())),
});

export const EXPERIMENT = z.object({
  id: z.string(),
  version: z.int(),
  setting_values: json(z.record(z.string(), z.union([settingValue, z.array(settingValue)]))),
  study: z.string().nullable(),
});

/** The parts of a definition's code besides its digest. */
const CODE = z.object({
  name: z.string(),
  text: z.string(),
  map: z.string(),
  files: z.array(z.object({ path: z.string(), digest: z.string() })),
});

export const DEFINITION = z.object({ experiment: z.string(), digest: z.string(), code: json(CODE) });

export const CELL = z.object({
  id: z.int(),
  experiment: z.string(),
  text: z.string(),
  settings: json(z.record(z.string(), settingValue)),
});

export const MEASURE_NAMES = z.object({ names: json(z.array(z.string())) });

export const COUNT = z.object({ count });

export const COUNTS = z.object({ done: count, censored: count });

export const TALLY = z.object({
  cell: z.int(),
  ok: count,
  diverged: count,
  failed: count,
  censored: count,
  seconds: z.number(),
  squares: z.number(),
});

export const FAILURE_TALLY = z.object({ error: z.string().nullable(), count, cell: z.string(), trial: count });

export const FAILURE = z.object({ error: z.string().nullable() });

export const SECONDS = z.object({ seconds: z.number() });

const doubles = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length % Float64Array.BYTES_PER_ELEMENT === 0, 'not whole numbers of 8 bytes');

export const CURVE = z.object({ name: z.string(), data: doubles });

export const NAMED_CURVE = z.object({ trial: count, name: z.string(), data: doubles });

export const TRIAL_CURVE = z.object({ trial: count, data: doubles });

const fact = z.string().optional();
const ORIGIN = z.object({ build: fact, blas: fact, openblas: fact, vector: fact, v8: fact, platform: fact });
export const ORIGIN_ROW = z.object({ id: z.int(), origin: json(ORIGIN) });

export const ORIGIN_COUNT = z.object({ origin: z.int().nullable(), trials: count });

export const RUN = z.object({ provenance: json(z.record(z.string(), z.unknown())) });

export const RUN_FILE = z.object({ study_file: z.string() });

/** Throws `ShapeError` with the first problem found. */
export function decodeRow<T>(table: string, shape: z.ZodType<T>, row: unknown): T {
  const { data, error } = shape.safeParse(row);
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new ShapeError(`table ${table}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected'}`);
}

function json<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(shape);
}
