/**
 * Trials of users' own code that do not poll their word: their worker is replaced, and they are censored like others.
 */
import { overTime } from './limits.js';
import type { Lease, LeaseResult } from './protocol.js';

/**
 * A lease whose worker may be ended when a trial does not poll its word. Then the results of the lease so far are lost,
 * and its trials are performed one by one up to the deaf one, which is censored. `run` resolves to undefined where it
 * ended the worker.
 */
export async function despiteDeaf(
  lease: Lease,
  trialSeconds: number,
  run: (lease: Lease) => Promise<LeaseResult | undefined>,
): Promise<LeaseResult> {
  const whole = await run(lease);
  if (whole !== undefined) return whole;
  const done: LeaseResult[] = [];
  for (let trial = lease.first; trial < lease.first + lease.count; trial++) {
    // It is alone in its lease, so it is the deaf one.
    const one = lease.count === 1 ? undefined : await run({ ...lease, first: trial, count: 1 });
    if (one?.done === 0) break;
    done.push(one ?? censored(trial, trialSeconds));
    if (one === undefined) break;
  }
  return joined(done);
}

function censored(trial: number, seconds: number): LeaseResult {
  const exception = { trial, status: 'censored', error: overTime(seconds, seconds) } as const;
  return { done: 1, seconds: Float64Array.of(seconds), measures: [{}], exceptions: [exception], curves: [] };
}

function joined(results: readonly LeaseResult[]): LeaseResult {
  return {
    done: results.length,
    seconds: Float64Array.from(results.flatMap(({ seconds }) => [...seconds])),
    measures: results.flatMap(({ measures }) => measures),
    exceptions: results.flatMap(({ exceptions }) => exceptions),
    curves: results.flatMap(({ curves }) => curves),
  };
}
