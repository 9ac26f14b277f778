/** What this program and machine say of themselves: it is kept with results, and compared with what was kept. */
import { nativeAddonFile } from '../core/kernels/native.js';
import { buildOf } from '../shards/build.js';
import type { Provenance } from '../store/reader.js';
import { collectProvenance } from '../study/provenance.js';
import { tunedKernels } from './kernels.js';
import { packageVersion } from './package.js';

export function thisBuild(): string {
  return buildOf(packageVersion(), nativeAddonFile());
}

export function thisProvenance(): Provenance {
  return collectProvenance({ basinVersion: packageVersion(), build: thisBuild(), native: tunedKernels().info(), commandLine: process.argv.slice(2) });
}
