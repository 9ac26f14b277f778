import type { LeasePool, PoolOptions } from '../../src/pool/pool.js';

export type MakePool = (options: PoolOptions) => LeasePool;

/** Arms a fault at the call of this number. */
export type Arm = (at: number) => {
  readonly counter: { readonly calls: number; readonly fired?: string };
  readonly pool?: MakePool;
  readonly release: () => void;
};

export interface Scenario {
  readonly prepare: (dir: string) => unknown;
  readonly act: (dir: string, options?: { readonly pool?: MakePool }) => Promise<boolean>;
  readonly digest: (dir: string) => string;
  readonly damage?: (dir: string) => readonly string[];
  /** whether it hands out leases */
  readonly leases?: boolean;
}

export interface Begun {
  readonly template: string;
  readonly folder: string;
  readonly digest: string;
  readonly allowed: ReadonlySet<string>;
}

export interface WalkOptions {
  readonly expected?: (error: Error) => boolean;
  readonly sites?: () => Iterable<number>;
  readonly maySucceed?: boolean;
}

export function isRefusal(error: unknown): boolean;
export function begin(scenario: Scenario, folder: string): Promise<Begun>;
export function walk(
  scenario: Scenario,
  begun: Begun,
  arm: Arm,
  options?: WalkOptions,
): Promise<{ readonly walked: number; readonly findings: readonly string[] }>;
