import type { Arm } from './walk.mjs';

export const FAULTS: Readonly<Record<string, Arm>>;
