/** Where the time of a trial goes: the seconds of its native calls, by what they are for. */
import type { NativeKernels } from '../../core/kernels/contract.js';

/** What a trial does. `rest`: everything outside the native kernels. */
export const PHASES = ['draw', 'prepare', 'descend', 'evaluate', 'curvature', 'algebra', 'score', 'rest'] as const;
export type Phase = (typeof PHASES)[number];

/** The kernels that are functions, all but descriptions of the contract. */
type Callable = Exclude<keyof NativeKernels, 'name' | 'callFlops' | 'single'>;

const PHASE_OF: Readonly<Record<Callable, Phase>> = {
  philox: 'draw',
  uniforms: 'draw',
  normals: 'draw',
  singleNormals: 'draw',
  allocateInputs: 'prepare',
  prepare: 'prepare',
  roundProblem: 'prepare',
  alignment: 'prepare',
  descend: 'descend',
  descendSampled: 'descend',
  descendSingle: 'descend',
  descendLandscape: 'descend',
  descendRisk: 'descend',
  descendPopulation: 'descend',
  descendOnline: 'descend',
  outputs: 'evaluate',
  evaluate: 'evaluate',
  evaluateLandscape: 'evaluate',
  evaluatePopulation: 'evaluate',
  gradientSingle: 'evaluate',
  hessianVector: 'curvature',
  multiply: 'algebra',
  symmetricEigen: 'algebra',
  qr: 'algebra',
  svd: 'algebra',
  solve: 'algebra',
  localMoments: 'score',
  info: 'rest',
  tune: 'rest',
};

/** Taken before any code of a user runs: while that runs, the clock refuses to be read. */
const clock = performance.now.bind(performance);
const now = (): number => clock() / 1000;

/** Seconds of each phase, in the order of `PHASES`. Their sum is the time of the whole. */
export type PhaseSeconds = Readonly<Record<Phase, number>>;

/**
 * The result of a function that works with kernels, and where its time went. A kernel calls no other kernel of the
 * contract, so nothing is counted twice.
 */
export function timed<T>(
  kernels: NativeKernels,
  work: (kernels: NativeKernels) => T,
): { readonly result: T; readonly phases: PhaseSeconds } {
  const seconds = Object.fromEntries(PHASES.map((phase) => [phase, 0])) as Record<Phase, number>;
  const watch = (name: string, kernel: unknown): unknown => {
    if (typeof kernel !== 'function' || !isCallable(name)) return kernel;
    return (...args: unknown[]): unknown => {
      const began = now();
      try {
        return Reflect.apply(kernel, kernels, args);
      } finally {
        seconds[PHASE_OF[name]] += now() - began;
      }
    };
  };
  const entries = Object.entries(kernels).map(([name, kernel]) => [name, watch(name, kernel)]);
  const watched = Object.fromEntries(entries) as NativeKernels;
  const began = now();
  const result = work(watched);
  const whole = now() - began;
  seconds.rest = Math.max(0, whole - PHASES.reduce((sum, phase) => sum + (phase === 'rest' ? 0 : seconds[phase]), 0));
  return { result, phases: seconds };
}

function isCallable(name: string): name is Callable {
  return name in PHASE_OF;
}
