/** The properties of this machine that determine the bits of a trial. */
import { arch, platform } from 'node:os';
import type { NativeInfo } from '../../core/kernels/contract.js';
import type { Machine } from '../../store/origin.js';

/** The kernels that run on this machine, and the libraries whose mathematical functions are used beside them. */
export function machineOrigin({ openblas, vectorTarget }: NativeInfo): Machine {
  return {
    blas: openblas.core,
    openblas: /\d+(?:\.\d+)+/.exec(openblas.config)?.[0] ?? openblas.config,
    vector: vectorTarget,
    // The results of Math are the same within a minor version.
    v8: process.versions.v8.split('.').slice(0, 2).join('.'),
    platform: [platform(), arch(), libraryVersion()].filter((part) => part !== '').join(' '),
  };
}

/** The version of glibc; empty for another C library. */
function libraryVersion(): string {
  // Looking up the names of network peers can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime === undefined ? '' : `glibc ${header.glibcVersionRuntime}`;
}
