/**
 * Faults as a routine: every call of a run, a shard, a merge, a report and an export fails once, one after the other.
 * `npm run torture` walks on.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, WORKER } from '../study/toy.js';
import { FAULTS } from './faults.mjs';
import { SCENARIOS } from './toyStudy.mjs';
import { begin, walk } from './walk.mjs';
import { LEASE_FAULTS, leaseFault } from './workers.mjs';

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));

/** The fewest calls of a kind that there are: fewer mean that calls have gone past the harness. */
const FEWEST: Record<string, Record<string, number>> = {
  'a run': { disk: 12, short: 1, sqlite: 130, full: 8 },
  'a continued run': { disk: 6, short: 1 },
  'a shard': { disk: 32, short: 4, torn: 4 },
  'a continued shard': { disk: 11, short: 1, torn: 1 },
  'a merge': { disk: 17, short: 1, sqlite: 150, full: 8 },
};

describe.each(Object.entries(SCENARIOS))('%s', (name, scenario) => {
  it.each(Object.entries(FEWEST[name]))(
    'after each failure of a call is whole, and the same command ends with the same trials: %s',
    async (kind, fewest) => {
      const { walked, findings } = await walk(scenario, await begin(scenario, temporaryFolder()), FAULTS[kind]);
      expect(findings).toEqual([]);
      expect(walked).toBeGreaterThanOrEqual(fewest);
    },
  );

  it.runIf(scenario.leases).each(Object.entries(LEASE_FAULTS))(
    'loses no trial when a lease %s',
    async (kind, fault) => {
      const { walked, findings } = await walk(
        scenario,
        await begin(scenario, temporaryFolder()),
        leaseFault(kind),
        fault,
      );
      expect(findings).toEqual([]);
      expect(walked).toBeGreaterThan(0);
    },
  );
});

describe('the walk sees what is wrong', () => {
  const { prepare, act, digest } = SCENARIOS['a run'];
  const findingsOf = async (scenario: (typeof SCENARIOS)[string]): Promise<string> => {
    const { findings } = await walk(scenario, await begin(scenario, temporaryFolder()), FAULTS['disk']);
    return findings.join('\n');
  };

  it('an error that is no refusal', async () => {
    const wrapped = {
      prepare,
      digest,
      act: (...given: Parameters<typeof act>) =>
        act(...given).catch((error: unknown) => {
          throw new Error(String(error));
        }),
    };
    expect(await findingsOf(wrapped)).toMatch(/^call 0 \(\w+\): ends with Error/);
  });

  it('an error that nobody hears of', async () => {
    expect(await findingsOf({ prepare, digest, act: (...given) => act(...given).catch(() => false) })).toMatch(
      /ends neither well nor with an error/,
    );
  });

  it('other results after the same command', async () => {
    let calls = 0;
    expect(await findingsOf({ prepare, act, digest: () => `${calls++}` })).toMatch(/has other results/);
  });
});
