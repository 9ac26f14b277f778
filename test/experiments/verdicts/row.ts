import type { World } from './worlds.js';

/**
 * Worlds for claims of an experiment: one in which they are true, one that contradicts them, and where needed one at
 * the edge, seen through wide intervals.
 */
export interface Row {
  readonly experiment: string;
  /** of the ids */
  readonly claims: RegExp;
  readonly holds: World;
  readonly fails: World;
  /** default: `holds` */
  readonly edge?: World;
  /** of an exact number only a missing one leaves anything open */
  readonly exact?: true;
  readonly overrides?: Readonly<Record<string, string>>;
}
