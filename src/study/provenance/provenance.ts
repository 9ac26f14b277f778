/** Records what produced a run's results, so that different bits can be explained years later. */
import { execFileSync } from 'node:child_process';
import { arch, cpus, platform, release } from 'node:os';
import { dirname } from 'node:path';
import { installed, releasedCommit } from '../../base/package.js';
import type { NativeInfo } from '../../core/kernels/contract.js';
import type { Provenance } from '../../store/reader.js';

export interface ProvenanceSources {
  readonly basinVersion: string;
  /** see build.ts */
  readonly build: string;
  readonly native: NativeInfo;
  readonly commandLine: readonly string[];
}

export function collectProvenance({ basinVersion, build, native, commandLine }: ProvenanceSources): Provenance {
  return {
    basin: basinVersion,
    build,
    commit: programCommit(),
    node: process.versions.node,
    v8: process.versions.v8,
    system: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    openblasThreads: process.env['OPENBLAS_NUM_THREADS'] ?? 'not set',
    native,
    commandLine,
  };
}

/**
 * The commit of a released package, or of this program's own checkout, with `-dirty` when it has local changes;
 * `unknown` when there is neither.
 */
export function programCommit(): string {
  return releasedCommit() ?? git('describe', '--always', '--abbrev=40', '--exclude=*', '--dirty') ?? 'unknown';
}

/** Most commits that are named one by one. */
const NAMED = 20;
const COMMIT = /^([0-9a-f]{7,64})(-dirty)?$/;

/**
 * The commits of this program's own checkout that are in `to` and not in `from`, both as `programCommit` writes them:
 * their number, and the newest 20. Undefined when the checkout does not have both.
 */
export function commitsBetween(
  from: string,
  to: string,
): { readonly count: number; readonly newest: readonly string[] } | undefined {
  const [first, last] = [from, to].map((commit) => COMMIT.exec(commit)?.[1]);
  if (first === undefined || last === undefined) return undefined;
  const range = `${first}..${last}`;
  const count = git('rev-list', '--count', range);
  const lines = git('log', '--oneline', '--no-color', '--no-decorate', `--max-count=${NAMED}`, range);
  if (count === undefined || lines === undefined) return undefined;
  return { count: Number(count), newest: lines.split('\n').filter((line) => line !== '') };
}

/** What git prints in this program's own checkout; undefined when it fails or there is no checkout. */
function git(...args: readonly string[]): string | undefined {
  const root = installed('');
  try {
    // The ceiling prevents git from using the repository of a project that has basin in its node_modules.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(root.replace(/[/\\]$/, '')) };
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe', timeout: 5000, env }).trim();
  } catch {
    return undefined;
  }
}
