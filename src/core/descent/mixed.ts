/**
 * Descent in mixed precision: gradients in float32 as long as they say where to go, float64 from there to the end.
 *
 * Float32 steps go in rounds. After a round the two gradients g₃₂ and g₆₄ are compared where each start stands: the
 * start stays in float32 while ‖g₃₂ − g₆₄‖ ≤ ‖g₆₄‖/8. Where they differ by more, rounding has begun to matter: that
 * start's round is taken back, and it goes on in float64 from the round's beginning, and so it does where a round comes
 * near a stop rule: they apply to float64 only. A mixed descent therefore ends where a float64 one ends, if that is an
 * isolated minimum; on the way their points differ by about a float's rounding.
 */
import { putStarts, takeStarts } from './batch.js';
import { steps, updatesPerCall, type DescentOptions } from './descent.js';
import { refuse } from '../../base/errors.js';
import { RunStatus, type DescentKernels, type DescentState, type Problem } from '../kernels/contract.js';
import type { Extremes, SingleKernels, SingleProblem } from '../kernels/singleContract.js';
import { cameNear, isTrusted, noExtremes, stopRules, type StopRules } from './mixedRules.js';

/** Steps of a round: one comparison costs about three of them. */
export const ROUND = 64;

type MixedKernels = DescentKernels & SingleKernels;
type MixedOptions = Omit<DescentOptions, 'schedule' | 'look'>;

/**
 * As `descent`, but for the precision of the first part. Throws `InputError` for a state with backtracking, loss
 * tolerance or signs of v.
 */
export function mixedDescent(
  kernels: MixedKernels,
  problem: Problem,
  state: DescentState,
  options: MixedOptions,
): Generator<number, void, void> {
  requirePlainSteps(state);
  const { tolerance, cancel, ...rest } = options;
  const mixed = new Mixed(kernels, problem, state, { tolerance, cancel });
  return steps(
    { advance: (updates) => mixed.advance(updates), perCall: updatesPerCall(kernels, problem, state.starts) },
    { ...rest, ...(cancel && { cancel }) },
  );
}

class Mixed {
  readonly #kernels: MixedKernels;
  readonly #exact: Problem;
  readonly #single: SingleProblem;
  readonly #state: DescentState;
  readonly #rule: { readonly tolerance: number; readonly cancel: Int32Array | undefined };
  /** the starts in float32; undefined before the first call */
  #chosen: readonly number[] | undefined;
  /** those starts as they were when the round began */
  #begin: DescentState;
  #extremes: Extremes = noExtremes(0);
  /** updates of the round so far */
  #done = 0;

  constructor(
    kernels: MixedKernels,
    problem: Problem,
    state: DescentState,
    rule: { tolerance: number; cancel: Int32Array | undefined },
  ) {
    this.#kernels = kernels;
    this.#exact = problem;
    this.#single = kernels.roundProblem(problem);
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
      this.#descend(this.#all(), 0);
    }
    return this.#all().filter((l) => this.#state.status[l] === RunStatus.running).length;
  }

  get #cancelled(): boolean {
    return this.#rule.cancel !== undefined && Atomics.load(this.#rule.cancel, 0) !== 0;
  }

  #all(): number[] {
    return Array.from({ length: this.#state.starts }, (_, l) => l);
  }

  // The float64 evaluation of the starting points comes first: their losses are what divergence is measured against.
  #choose(): readonly number[] {
    this.#descend(this.#all(), 0);
    const chosen = this.#trusted(this.#all().filter((l) => this.#state.status[l] === RunStatus.running));
    this.#beginRound(chosen);
    return chosen;
  }

  #advanceRound(chosen: readonly number[], updates: number): void {
    this.#descend(without(this.#all(), chosen), updates);
    const part = takeStarts(this.#state, chosen);
    this.#kernels.descendSingle(this.#single, { ...part, ...this.#extremes }, updates, this.#rule.cancel);
    part.iterations.forEach((iterations, i) => {
      part.iterations[i] = iterations + updates;
    });
    putStarts(this.#state, chosen, part);
    this.#done += updates;
  }

  // A start that is not trusted any more makes its round again, in float64.
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

  #trusted(chosen: readonly number[]): readonly number[] {
    if (chosen.length === 0) return chosen;
    const part = takeStarts(this.#state, chosen);
    const exact = this.#kernels.evaluate(this.#exact, part);
    const single = this.#kernels.gradientSingle(this.#single, part);
    return chosen.filter((l, i) => isTrusted(exact, single, part, i, this.#rulesOf(l)));
  }
}

function without(starts: readonly number[], others: readonly number[]): readonly number[] {
  const left = new Set(others);
  return starts.filter((l) => !left.has(l));
}

function requirePlainSteps({ backtracking, lossTolerance, signOutput }: DescentState): void {
  if (backtracking === true) refuse('mixed precision', 'without backtracking', 'backtracking');
  if (lossTolerance !== undefined && lossTolerance >= 0)
    refuse('mixed precision', 'without loss tolerance', lossTolerance);
  if (signOutput === true) refuse('mixed precision', 'without signs of v', 'signs');
}
