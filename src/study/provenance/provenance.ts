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
  const released = releasedCommit();
  if (released !== undefined) return released;
  const root = installed('');
  try {
    // The ceiling prevents git from using the repository of a project that has basin in its node_modules.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(root.replace(/[/\\]$/, '')) };
    const options = { cwd: root, encoding: 'utf8', stdio: 'pipe', timeout: 5000, env } as const;
    return execFileSync('git', ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty'], options).trim();
  } catch {
    return 'unknown';
  }
}
