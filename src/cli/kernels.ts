/** The native kernels as commands use them: by this machine's profile, if `basin tune` has made one. */
import { DEFAULT_BLOCKING, type NativeKernels } from '../core/kernels/contract.js';
import { loadNativeKernels } from '../core/kernels/native.js';
import { defaultWorkers } from '../pool/pool.js';
import { profilePath, readProfile, type Profile } from '../tuning/profile.js';

function validProfile(): Profile | undefined {
  const path = profilePath();
  const found = path === undefined ? undefined : readProfile(path);
  return found?.state === 'valid' ? found.profile : undefined;
}

/** Threads of this process share the blocking. */
export function tunedKernels(): NativeKernels {
  const kernels = loadNativeKernels();
  kernels.tune(validProfile()?.blocking ?? DEFAULT_BLOCKING);
  return kernels;
}

/** As many workers as the profile says, else as the machine runs at once. */
export function tunedWorkers(): number {
  return Math.min(validProfile()?.workers ?? Infinity, defaultWorkers());
}
