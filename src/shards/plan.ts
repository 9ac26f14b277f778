/**
 * A plan: a study divided into units that any machine may perform, any number of times. A plan is immutable. It
 * determines every trial, and its hash shows whether a result belongs to it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { writeWhole } from '../base/whole.js';
import { InputError } from '../base/errors.js';
import { isStudy, type OwnCode } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import { withFile } from '../io/files.js';
import { cellText } from '../settings/cellText.js';
import type { Machine, Origin } from '../store/origin.js';
import type { StoredExperiment, StudyIdentity } from '../store/identity.js';
import { STUDY } from '../store/shapes.js';
import { gridOf, type ChosenExperiment } from '../study/grid/cells.js';

export const PLAN_SCHEMA = 4;
/**
 * The oldest schema that can be read. In this schema, a study was the only item of a list, among the values of
 * settings. Schema 3 had no stages.
 */
const OLDEST_PLAN_SCHEMA = 2;

/** Each unit is a file, or a job of a queue. */
const MOST_UNITS = 1_000_000;
const MOST_TRIALS_OF_UNIT = 1_000_000_000;

const settingValue = z.union([z.number(), z.string()]);
const count = z.int().min(0);

const text = z.string().max(200);
export const MACHINE = z.strictObject({ blas: text, openblas: text, vector: text, v8: text, platform: text });

/** A user's own code. With it in the plan, other machines need no file of the user. */
const CODE = z.strictObject({
  name: z.string(),
  digest: z.string(),
  text: z.string(),
  map: z.string(),
  files: z.array(z.strictObject({ path: z.string(), digest: z.string() })),
});

const SCHEMA = z.int().min(OLDEST_PLAN_SCHEMA).max(PLAN_SCHEMA);

const CONTENT = z.strictObject({
  schema: SCHEMA,
  /** the program that performs the plan, see study/provenance/build.ts */
  build: z.string(),
  /** the kind of machine that made the plan */
  machine: MACHINE,
  identity: z.strictObject({
    ...STUDY.shape,
    overrides: z.record(z.string(), z.string()),
    partitions: z.int().min(1).optional(),
    precision: z.literal('mixed').optional(),
  }),
  /** the number of the plan's stage, see stages.ts; absent: the first one */
  stage: z.int().min(2).optional(),
  experiments: z.array(
    z.strictObject({
      id: z.string(),
      version: z.int(),
      code: CODE.optional(),
      /** for a user's own study: the content of its file, as JSON */
      study: z.string().optional(),
      values: z.record(z.string(), z.union([settingValue, z.array(settingValue)])),
      /**
       * in grid order; `unit` is the number of trials in one unit, `first` the number of trials that the stages before
       * had; absent: none
       */
      cells: z.array(
        z
          .strictObject({
            settings: z.record(z.string(), settingValue),
            first: z.int().min(1).optional(),
            trials: count,
            unit: z.int().min(1),
          })
          .refine(({ first = 0, trials }) => first <= trials, 'first must be at most trials'),
      ),
    }),
  ),
});

export type PlanContent = z.infer<typeof CONTENT>;
export type PlanExperiment = PlanContent['experiments'][number];

export interface ShardPlan {
  readonly content: PlanContent;
  /** hash of the content; a unit's result contains it */
  readonly hash: string;
}

export interface CarriedCode {
  readonly id: string;
  readonly code: OwnCode;
}

/** Consecutive trials of one cell, which are performed, stored and repeated as a whole. */
export interface Unit {
  /** its number in the plan */
  readonly index: number;
  readonly experiment: PlanExperiment;
  readonly cell: Settings;
  /** canonical text of the cell */
  readonly text: string;
  readonly first: number;
  readonly count: number;
}

export interface PlanRequest {
  readonly identity: StudyIdentity;
  readonly chosen: readonly ChosenExperiment[];
  readonly build: string;
  readonly machine: Machine;
  /** core seconds that a unit should take */
  readonly unitSeconds: number;
  /** predicted seconds of one trial of a cell */
  readonly secondsPerTrial: (chosen: ChosenExperiment, trialSettings: Settings) => number;
}

/**
 * Divides a study into units of about `unitSeconds`. Where trials follow from results, these are the trials of the
 * first stage.
 */
export function makePlan({ identity, chosen, build, machine, unitSeconds, secondsPerTrial }: PlanRequest): ShardPlan {
  return sealed({
    schema: PLAN_SCHEMA,
    build,
    machine,
    identity: { ...identity, overrides: { ...identity.overrides } },
    experiments: chosen.map((one) => ({
      id: one.experiment.id,
      version: one.experiment.version,
      code: one.experiment.code && { ...one.experiment.code, files: [...one.experiment.code.files] },
      study: one.experiment.specText,
      values: structuredClone(one.values) as PlanExperiment['values'],
      cells: gridOf(one, identity.seed).cells.map(({ settings, trials, trialSettings }) => ({
        settings: { ...settings },
        trials,
        unit: unitTrials(unitSeconds, secondsPerTrial(one, trialSettings)),
      })),
    })),
  });
}

/** The number of trials in a unit, from the cost of a unit and of a trial. */
export function unitTrials(unit: number, trial: number): number {
  return Math.min(MOST_TRIALS_OF_UNIT, Math.max(1, Math.floor(unit / trial)));
}

export function stageOf({ content: { stage = 1 } }: ShardPlan): number {
  return stage;
}

/** The origin that trials of the plan are expected to have. */
export function originOfPlan({ content: { build, machine } }: Pick<ShardPlan, 'content'>): Origin {
  return { build, ...machine };
}

/** The plan: the content with its hash. */
export function sealed(given: PlanContent): ShardPlan {
  // The content is converted to JSON and back: a value that cannot be written must not change the hash.
  const content = CONTENT.parse(JSON.parse(JSON.stringify(given)));
  return { content, hash: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
}

/** Number of units of the plan, computed without making them. */
function unitCount({ experiments }: PlanContent): number {
  const cells = experiments.flatMap((one) => one.cells);
  return cells.reduce((sum, { first = 0, trials, unit }) => sum + Math.ceil((trials - first) / unit), 0);
}

/** Every unit, in the order of the units' numbers. */
export function unitsOf({ content }: ShardPlan): Unit[] {
  const units: Unit[] = [];
  for (const experiment of content.experiments) {
    for (const { settings, first: begin = 0, trials, unit } of experiment.cells) {
      const text = cellText(settings);
      for (let first = begin; first < trials; first += unit) {
        units.push({
          index: units.length,
          experiment,
          cell: settings,
          text,
          first,
          count: Math.min(unit, trials - first),
        });
      }
    }
  }
  return units;
}

/** The stored form of the plan's experiment. */
export function storedOf({ id, version, values, code, study }: PlanExperiment): StoredExperiment {
  const stored = { id, version, ...(code === undefined ? {} : { code }) };
  if (study !== undefined) return { ...stored, values, study };
  const { study: earlier, ...others } = values;
  const [text] = Array.isArray(earlier) ? earlier : [];
  return isStudy(id) ? { ...stored, values: others, study: String(text) } : { ...stored, values };
}

/** The users' own code that a plan carries, with the ids of its experiments. */
export function codeOfPlan({ content: { experiments } }: Pick<ShardPlan, 'content'>): CarriedCode[] {
  return experiments.flatMap(({ id, code }) => (code === undefined ? [] : [{ id, code }]));
}

/** The text of the plan's file. */
export function planText({ hash, content }: ShardPlan): string {
  return `${JSON.stringify({ hash, ...content }, null, 1)}\n`;
}

export function writePlan(plan: ShardPlan, file: string): void {
  writeWhole(file, planText(plan));
}

/** Throws `InputError` when the file is not a plan, when it has another schema, or when it was changed. */
export function readPlan(file: string): ShardPlan {
  return parsePlan(
    file,
    withFile(file, (source) => {
      const bytes = Buffer.alloc(source.size);
      source.read(bytes, 0);
      return bytes.toString('utf8');
    }),
  );
}

/** Reads a plan from its text; `name` is its name in messages. */
export function parsePlan(name: string, text: string): ShardPlan {
  const { hash, ...rest } = parseObject(name, text);
  const schema = rest['schema'];
  if (!SCHEMA.safeParse(schema).success)
    throw new InputError(`${name}: must be a plan of schema ${PLAN_SCHEMA}, got ${JSON.stringify(schema) ?? 'none'}`);
  const parsed = CONTENT.safeParse(rest);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${name}: is not a plan: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected'}`);
  }
  const units = unitCount(parsed.data);
  if (units > MOST_UNITS)
    throw new InputError(`${name}: must have at most ${MOST_UNITS} units, got ${units}: plan with a larger --unit`);
  const plan = sealed(parsed.data);
  if (plan.hash !== hash)
    throw new InputError(`${name}: has been changed since it was written: a plan is immutable, make another one`);
  return plan;
}

function parseObject(file: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The error is reported below.
  }
  throw new InputError(`${file}: must be a plan made by basin plan -o, got something that is not a JSON object`);
}
