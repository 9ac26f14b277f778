/**
 * Descent in mixed precision: gradients are computed in float32 while they are accurate enough, and in float64 from
 * then on.
 *
 * Float32 steps are made in rounds. After a round the gradients g₃₂ and g₆₄ at each start's point are compared. The
 * start stays in float32 while ‖g₃₂ − g₆₄‖ ≤ ‖g₆₄‖/2. Where they differ by more, rounding matters: the round is undone,
 * and the start continues in float64 from the round's beginning. The same happens when a round comes near a stop rule,
 * since stop rules apply to float64 only. So a mixed descent ends at the same point as a float64 one if that is an
 * isolated minimum; before, their points differ by about the rounding of a float.
 */
import { putStarts, takeStarts } from './batch.js';
import { refuse } from '../../base/errors.js';
import { RunStatus, type DescentKernels, type DescentState, type Problem } from '../kernels/contract.js';
import type { Extremes, SingleKernels, SingleProblem } from '../kernels/singleContract.js';
import { requireNoMethod } from '../kernels/updates.js';
import { cameNear, compare, isTrusted, noExtremes, stopRules, type StopRules } from './mixedRules.js';

/** Steps of a round; one comparison costs as much as about three steps. */
export const ROUND = 64;

/** When a start stops, and the word that ends a call early. */
interface Rule {
  readonly tolerance: number;
  readonly cancel?: Int32Array | undefined;
}

/**
 * Makes the updates of a descent, as `descend` of the kernels does, with gradients of `single` in its first part. With
 * 0 updates it evaluates in float64, which ends a round. Throws `InputError` for a state with a method, mini-batches,
 * backtracking, loss tolerance or signs of v.
 */
export function mixedAdvance(
  kernels: DescentKernels,
  single: SingleKernels,
  problem: Problem,
  state: DescentState,
  rule: Rule,
): (updates: number) => number {
  requirePlainSteps(state);
  const mixed = new Mixed(kernels, single, problem, state, rule);
  return (updates) => mixed.advance(updates);
}

class Mixed {
  readonly #kernels: DescentKernels;
  readonly #singleKernels: SingleKernels;
  readonly #exact: Problem;
  readonly #single: SingleProblem;
  readonly #state: DescentState;
  readonly #rule: Rule;
  /** the starts in float32; undefined before the first call */
  #chosen: readonly number[] | undefined;
  /** those starts as they were when the round began */
  #begin: DescentState;
  #extremes: Extremes = noExtremes(0);
  /** updates of the round so far */
  #done = 0;

  constructor(kernels: DescentKernels, single: SingleKernels, problem: Problem, state: DescentState, rule: Rule) {
    this.#kernels = kernels;
    this.#singleKernels = single;
    this.#exact = problem;
    this.#single = single.roundProblem(problem);
    this.#state = state;
    this.#rule = rule;
    this.#begin = state;
  }

  /** As the kernels' `descend`. */
  advance(updates: number): number {
    this.#chosen ??= this.#choose();
    for (let left = updates; left > 0 && !this.#cancelled;) {
      const part = Math.min(left, ROUND - this.#done);
      this.#advanceRound(this.#chosen, part);
      left -= part;
      if (this.#done === ROUND) this.#chosen = this.#endRound(this.#chosen);
    }
    if (updates === 0) {
      this.#chosen = this.#endRound(this.#chosen);
      this.#descend(without(this.#all(), this.#chosen), 0);
    }
    return this.#all().filter((l) => this.#state.status[l] === RunStatus.running).length;
  }

  get #cancelled(): boolean {
    return this.#rule.cancel !== undefined && Atomics.load(this.#rule.cancel, 0) !== 0;
  }

  #all(): number[] {
    return Array.from({ length: this.#state.starts }, (_, l) => l);
  }

  // The starting points are evaluated in float64 first, since divergence is measured against their losses.
  #choose(): readonly number[] {
    this.#descend(this.#all(), 0);
    const chosen = this.#trusted(this.#all().filter((l) => this.#state.status[l] === RunStatus.running));
    this.#beginRound(chosen);
    return chosen;
  }

  #advanceRound(chosen: readonly number[], updates: number): void {
    this.#descend(without(this.#all(), chosen), updates);
    const part = takeStarts(this.#state, chosen);
    this.#singleKernels.descendSingle(this.#single, { ...part, ...this.#extremes }, updates, this.#rule.cancel);
    part.iterations.forEach((iterations, i) => {
      part.iterations[i] = iterations + updates;
    });
    putStarts(this.#state, chosen, part);
    this.#done += updates;
  }

  // A start whose float32 gradients are not trusted any more repeats its round in float64.
  #endRound(chosen: readonly number[]): readonly number[] {
    const trusted =
      this.#done === 0
        ? chosen
        : this.#trusted(chosen.filter((l, i) => !cameNear(this.#extremes, i, this.#rulesOf(l))));
    const leaving = without(chosen, trusted);
    const places = new Map(chosen.map((l, i) => [l, i]));
    putStarts(
      this.#state,
      leaving,
      takeStarts(
        this.#begin,
        leaving.map((l) => places.get(l) ?? NaN),
      ),
    );
    this.#descend(leaving, this.#done);
    this.#beginRound(trusted);
    return trusted;
  }

  #beginRound(chosen: readonly number[]): void {
    this.#begin = takeStarts(this.#state, chosen);
    this.#extremes = noExtremes(chosen.length);
    this.#done = 0;
  }

  #rulesOf(start: number): StopRules {
    return stopRules(this.#exact, this.#rule.tolerance, this.#state.firstLoss[start]);
  }

  #descend(chosen: readonly number[], updates: number): void {
    if (chosen.length === 0) return;
    const part = takeStarts(this.#state, chosen);
    this.#kernels.descend(this.#exact, part, updates, this.#rule.tolerance, this.#rule.cancel);
    putStarts(this.#state, chosen, part);
  }

  // Trusted starts have then been evaluated in float64 at their present points, where no stop rule is near.
  #trusted(chosen: readonly number[]): readonly number[] {
    if (chosen.length === 0) return chosen;
    const part = takeStarts(this.#state, chosen);
    const exact = this.#kernels.evaluate(this.#exact, part);
    const single = this.#singleKernels.gradientSingle(this.#single, part);
    return chosen.filter((l, i) => {
      const found = compare(exact, single, part, i);
      if (!isTrusted(found, exact.loss[i], this.#rulesOf(l))) return false;
      this.#state.loss[l] = exact.loss[i];
      this.#state.gradientNorm[l] = found.norm;
      return true;
    });
  }
}

function without(starts: readonly number[], others: readonly number[]): readonly number[] {
  const left = new Set(others);
  return starts.filter((l) => !left.has(l));
}

function requirePlainSteps({ backtracking, lossTolerance, signOutput, method, batches }: DescentState): void {
  if (batches !== undefined) refuse('mixed precision', 'without mini-batches', `batches of ${batches.size}`);
  requireNoMethod('mixed precision', method);
  if (backtracking === true) refuse('mixed precision', 'without backtracking', 'backtracking');
  if (lossTolerance !== undefined && lossTolerance >= 0)
    refuse('mixed precision', 'without loss tolerance', lossTolerance);
  if (signOutput === true) refuse('mixed precision', 'without signs of v', 'signs');
}
