import type { Scenario } from './walk.mjs';

export const SCENARIOS: Readonly<Record<string, Scenario>>;
