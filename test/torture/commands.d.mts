import type { Scenario } from './walk.mjs';

export const COMMANDS: Readonly<Record<string, Scenario>>;
