import { availableParallelism, cpus } from 'node:os';
import type { NativeInfo } from '../../core/kernels/contract.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { describeKept } from '../../app/machine/kernels.js';
import { pairs, paragraph, print, printJson } from '../output.js';
import { packageVersion } from '../../base/package.js';
import { probe, type ProbeStep } from '../../app/machine/probing.js';

interface Findings {
  readonly basin: string;
  readonly node: string;
  readonly cores: number;
  readonly cpu: string;
  readonly addon: NativeInfo | null;
  /** the stored result of `basin tune` */
  readonly tuning: string;
  /** the checks that were made, in this order */
  readonly checks: readonly { readonly name: ProbeStep; readonly ok: boolean; readonly problem: string | null }[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** `basin doctor`: reports the state of this machine, and what to do about problems. */
export const act = (setExitCode: SetExitCode) => (options: { json?: boolean }) => {
  const findings = examine();
  if (options.json) printJson(findings);
  else print(describe(findings));
  if (findings.problems.length > 0) setExitCode(ExitCode.usage);
};

function examine(): Findings {
  const results = probe();
  const info = (results.find(({ step }) => step === 'addon')?.found ?? null) as NativeInfo | null;
  return {
    basin: packageVersion(),
    node: process.version,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    addon: info,
    tuning: info === null ? 'unknown without the addon' : describeKept(),
    checks: results.map(({ step, problem }) => ({ name: step, ok: problem === null, problem })),
    // One cause can make several steps fail.
    problems: [...new Set(results.flatMap(({ problem }) => problem ?? []))],
    warnings: info === null ? [] : [...openblasWarnings(info.openblas), ...coreWarnings(info)],
  };
}

/** The OpenMP build ignores the thread setting. With more than one thread per worker, the workers compete for cores. */
export function openblasWarnings({ parallel, threads }: NativeInfo['openblas']): string[] {
  const flavour =
    parallel === 'openmp'
      ? [
          'OpenBLAS is the OpenMP flavour, which ignores the thread setting: install the pthread flavour (Debian: libopenblas0-pthread)',
        ]
      : [];
  const count =
    threads === 1
      ? []
      : [
          `OpenBLAS uses ${threads} threads per worker instead of 1: install the pthread flavour (Debian: libopenblas0-pthread)`,
        ];
  return [...flavour, ...count];
}

/**
 * OpenBLAS's kernels for SSE3, which it also uses for unknown processors. `NEWEST_CORES` names the newest kernels for
 * each vector target.
 */
const OLD_CORES = ['PRESCOTT', 'CORE2', 'GENERIC'];
const NEWEST_CORES: Readonly<Record<string, string>> = { AVX3: 'SKYLAKEX', AVX3_ZEN4: 'SKYLAKEX', AVX2: 'HASWELL' };

/**
 * An OpenBLAS older than the processor runs at a quarter of the processor's speed. Descents use their own matrix
 * products.
 */
export function coreWarnings({ openblas: { core }, vectorTarget }: NativeInfo): string[] {
  const newer = NEWEST_CORES[vectorTarget] as string | undefined;
  if (newer === undefined || !OLD_CORES.includes(core.toUpperCase())) return [];
  return [
    `OpenBLAS does not know this processor and runs its ${core} kernels: OPENBLAS_CORETYPE=${newer} in the environment makes eigenvalues and tensor steps faster (descents do not use it); it changes last bits, so keep one setting for a study`,
  ];
}

function coreOf({ openblas: { core, coreFound } }: NativeInfo): string {
  return core === coreFound
    ? core
    : `${core} (basin's choice; the library's own is ${coreFound}, which is older than the processor)`;
}

function describe({ basin, node, cores, cpu, addon, tuning, checks, problems, warnings }: Findings): string {
  const rows = [
    ['basin', basin],
    ['node', node],
    ['cpu', `${cpu}, ${cores} cores available`],
    ...(addon === null
      ? [['addon', 'not loaded']]
      : [
          ['addon', `${addon.addonVersion} (${addon.compiler})`],
          [
            'OpenBLAS',
            `${addon.openblas.config}, core ${coreOf(addon)}, ${addon.openblas.parallel}, ${addon.openblas.threads} thread per worker`,
          ],
          ['vector target', addon.vectorTarget],
          ['tuning', tuning],
        ]),
    ['tried', checks.map(({ name, ok }) => `${name} ${ok ? 'works' : 'fails'}`).join(', ')],
  ];
  const verdict = problems.length + warnings.length === 0 ? ['everything basin needs is here'] : [];
  return [
    pairs(rows),
    ...problems.map((text) => paragraph(`problem: ${text}`)),
    ...warnings.map((text) => paragraph(`warning: ${text}`)),
    ...verdict,
  ].join('\n');
}
