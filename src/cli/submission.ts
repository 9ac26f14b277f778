/** What the engines of `basin submit` have in common: the store as the one truth, progress, signals. */
import { refuse } from '../base/errors.js';
import { StudyControl } from '../pool/control.js';
import { Collector } from '../shards/collect.js';
import { planUnits } from '../shards/planUnits.js';
import type { ShardPlan } from '../shards/plan.js';
import { openStudy } from '../store/open.js';
import type { StudyWriter } from '../store/writer.js';
import { stopOnSignals } from './signals.js';
import type { ExitCodeValue } from './exit.js';
import { countProgress, type CountProgress } from './progress.js';
import type { QueueOptions } from './queueUrl.js';
import { experimentOfUnit, foreignUnits, readOwnPlan } from '../app/cluster/shards.js';

export interface SubmitOptions extends QueueOptions {
  readonly engine: string;
  readonly plan: string;
  readonly store: string;
  readonly units?: string;
  readonly shards?: string;
  readonly rounds: string;
  readonly settle: string;
  readonly allowVolatile?: boolean;
  readonly poll: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

export interface Submission {
  readonly plan: ShardPlan;
  readonly store: StudyWriter;
  readonly collector: Collector;
  readonly control: StudyControl;
  readonly progress: CountProgress;
  /** shows how many units the store has, and what the engine is doing */
  readonly show: (doing?: string) => void;
}

/** An option that the chosen engine needs. */
export function required(engine: string, option: string, value: string | undefined): string {
  return value ?? refuse(`${option} with --engine ${engine}`, 'given', 'nothing');
}

/** Opens the store, whose lock keeps a second coordinator away, for the duration of `use`. */
export async function withSubmission(options: SubmitOptions, use: (submission: Submission) => Promise<ExitCodeValue>): Promise<ExitCodeValue> {
  const plan = readOwnPlan(options.plan);
  const store = openStudy(options.store, plan.content.identity);
  const progress = countProgress('units', 'in the store');
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    const collector = new Collector(store, planUnits(plan, experimentOfUnit), foreignUnits(plan, options.strict === true, progress.warn));
    const show = (doing = ''): void => { progress.update(collector.units.length - collector.missing.size, collector.units.length, doing); };
    return await use({ plan, store, collector, control, progress, show });
  } finally {
    release();
    progress.end();
    store.close();
  }
}
