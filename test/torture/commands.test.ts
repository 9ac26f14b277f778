/**
 * Reports and exports with every call failing once; `npm run torture` walks through the commands whole, figures and
 * workers included.
 */
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../study/toy.js';
import { walkAllocations } from './allocations.mjs';
import { COMMANDS } from './commands.mjs';
import { FAULTS } from './faults.mjs';
import { begin, walk } from './walk.mjs';

/** The fewest calls of a kind that there are: fewer mean that calls have gone past the harness. */
const FEWEST: Record<string, Record<string, number>> = {
  'a page': { disk: 20, short: 3, torn: 2, sqlite: 60 },
  'an export of trials as csv': { disk: 12, short: 2, torn: 1 },
  'an export of trials as parquet': { torn: 2 },
  'an export of a copy': { disk: 16 },
  'a command that plans': { disk: 15 },
  'a command that continues': { torn: 4 },
  'a command that merges more': { torn: 4 },
};

describe.each(Object.entries(FEWEST))('%s', (name, kinds) => {
  const scenario = COMMANDS[name];

  it('is refused in one line at each failure of a call, and the same command ends well', async () => {
    const begun = await begin(scenario, temporaryFolder());
    for (const [kind, fewest] of Object.entries(kinds)) {
      const { walked, findings } = await walk(scenario, begun, FAULTS[kind]);
      expect(findings, kind).toEqual([]);
      expect(walked, kind).toBeGreaterThanOrEqual(fewest);
    }
  });
});

describe('a trial without memory', () => {
  it('is a failed row with its message at each allocation that fails, and the next one is as ever', () => {
    const { walked, findings } = walkAllocations('fu2018-fig4', { n: '50', d: '5', iterations: '5' });
    expect(findings).toEqual([]);
    expect(walked).toBeGreaterThanOrEqual(100);
  });
});
