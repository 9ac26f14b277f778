/** The native kernels as commands use them: by this machine's profile, if `basin tune` has made one. */
import { DEFAULT_BLOCKING, type NativeKernels } from '../../core/kernels/contract.js';
import { InputError } from '../../base/errors.js';
import { loadNativeKernels } from '../../core/kernels/native.js';
import { defaultWorkers } from '../../pool/pool.js';
import { probe } from './probing.js';
import { profilePath, readProfile, type FoundProfile, type Profile } from '../../tuning/profile.js';

function validProfile(): Profile | undefined {
  const path = profilePath();
  const found = path === undefined ? undefined : readProfile(path);
  return found?.state === 'valid' ? found.profile : undefined;
}

/** Threads of this process share the blocking. */
export function tunedKernels(): NativeKernels {
  requireRunnable();
  const kernels = loadNativeKernels();
  kernels.tune(validProfile()?.blocking ?? DEFAULT_BLOCKING);
  return kernels;
}

let isRunnable = process.env['OPENBLAS_CORETYPE'] === undefined;

/**
 * Throws `InputError` where the environment has chosen kernels that this processor cannot run: they would end the
 * process without a word.
 */
function requireRunnable(): void {
  if (isRunnable) return;
  const problem = probe(['product']).find((result) => result.problem !== null)?.problem;
  if (problem !== undefined && problem !== null) throw new InputError(problem);
  isRunnable = true;
}

/** As many workers as the profile says, else as the machine runs at once. */
export function tunedWorkers(): number {
  return Math.min(validProfile()?.workers ?? Infinity, defaultWorkers());
}

/** What `basin tune` has kept. */
export function describeKept(): string {
  const path = profilePath();
  return path === undefined
    ? 'no profile: neither XDG_CACHE_HOME nor HOME names a folder to keep one in'
    : describeFound(path, readProfile(path));
}

/** A profile in words. */
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
