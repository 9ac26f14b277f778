/**
 * Identifies this program and this machine. The information is stored with results and compared with stored
 * information.
 */
import { InputError } from '../base/errors.js';
import { nativeAddonFile } from '../core/kernels/native.js';
import type { Machine, Origin } from '../store/origin.js';
import type { Provenance } from '../store/reader.js';
import { buildOf } from '../study/provenance/build.js';
import { machineOrigin } from '../study/provenance/machine.js';
import { collectProvenance } from '../study/provenance/provenance.js';
import { tunedKernels } from './machine/kernels.js';
import { packageVersion } from '../base/package.js';

let firstBuild: string | undefined;

/**
 * Throws `InputError` when the program on the disk is no longer the running one: a new worker would load the program on
 * the disk.
 */
export function thisBuild(): string {
  const build = buildOf(packageVersion(), nativeAddonFile());
  firstBuild ??= build;
  if (build !== firstBuild)
    throw new InputError(
      `basin was built anew while it ran, from ${firstBuild} to ${build}: run the same command again`,
    );
  return build;
}

export function thisMachine(): Machine {
  return machineOrigin(tunedKernels().info());
}

/** The program and machine that perform the trials of this process. */
export function thisOrigin(): Origin {
  return { build: thisBuild(), ...thisMachine() };
}

/** The provenance that is stored with a run. `commandLine` is the part of the command line that may be stored. */
export function thisProvenance(commandLine: readonly string[]): Provenance {
  return collectProvenance({
    basinVersion: packageVersion(),
    build: thisBuild(),
    native: tunedKernels().info(),
    commandLine,
  });
}
