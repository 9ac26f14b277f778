/** The native kernels as commands use them: with this machine's profile, if `basin tune` has made one. */
import { DEFAULT_BLOCKING, type NativeKernels } from '../../core/kernels/contract.js';
import { InputError } from '../../base/errors.js';
import { loadNativeKernels } from '../../core/kernels/native.js';
import { defaultWorkers } from '../../pool/workers.js';
import { probe } from './probing.js';
import { profilePath, readProfile, type FoundProfile, type Profile } from '../../tuning/profile.js';

function validProfile(): Profile | undefined {
  const path = profilePath();
  const found = path === undefined ? undefined : readProfile(path);
  return found?.state === 'valid' ? found.profile : undefined;
}

/** All threads of this process share the blocking parameters. */
export function tunedKernels(): NativeKernels {
  requireRunnable();
  const kernels = loadNativeKernels();
  kernels.tune(validProfile()?.blocking ?? DEFAULT_BLOCKING);
  return kernels;
}

let isRunnable = process.env['OPENBLAS_CORETYPE'] === undefined;

/**
 * Throws `InputError` if the environment has selected kernels that this processor cannot run. Such kernels would end
 * the process without a message.
 */
function requireRunnable(): void {
  if (isRunnable) return;
  const problem = probe(['product']).find((result) => result.problem !== null)?.problem;
  if (problem !== undefined && problem !== null) throw new InputError(problem);
  isRunnable = true;
}

/** The number of workers in the profile. Without a profile, the number of threads that the machine runs at once. */
export function tunedWorkers(): number {
  return Math.min(validProfile()?.workers ?? Infinity, defaultWorkers());
}

/** A text that describes the stored result of `basin tune`. */
export function describeKept(): string {
  const path = profilePath();
  return path === undefined
    ? 'no profile: neither XDG_CACHE_HOME nor HOME names a folder to keep one in'
    : describeFound(path, readProfile(path));
}

/** A text that describes a profile. */
export function describeFound(path: string, found: FoundProfile): string {
  switch (found.state) {
    case 'none':
      return 'no profile: basin tune measures this machine';
    case 'damaged':
      return `${path} is not a profile and is ignored: basin tune writes a new one`;
    case 'stale':
      return `the profile of ${found.profile.measured} is of another processor, number of cores or build and is ignored: basin tune measures again`;
    case 'valid': {
      const {
        blocking: { groupUnits, tileRows },
        workers,
        measured,
      } = found.profile;
      return `${groupUnits} units in a group, tiles of ${tileRows} rows, ${workers} worker${workers === 1 ? '' : 's'} (measured ${measured}, kept in ${path})`;
    }
  }
}
