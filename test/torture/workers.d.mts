import type { Arm, MakePool, WalkOptions } from './walk.mjs';

export const LEASE_FAULTS: Readonly<Record<string, WalkOptions>>;
export function leaseFault(kind: string): Arm;
export function poolWith(): MakePool;
