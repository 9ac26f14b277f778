import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { parsePlan, type PlanContent, type ShardPlan } from '../../src/shards/plan.js';
import { requirePlanned } from '../../src/shards/planned.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { toyPlan } from './toyPlan.js';

/** A plan with another content, whose hash is right. */
function bent(change: (content: PlanContent) => void): ShardPlan {
  const content = structuredClone(toyPlan(['toy-mixed', 'toy-other']).content);
  change(content);
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return parsePlan('plan.json', JSON.stringify({ hash, ...content }));
}

const check = (plan: ShardPlan): void => {
  requirePlanned('plan.json', plan, ({ id }) => findExperiment(id));
};

describe('a plan of others', () => {
  it('is taken when it is what its experiments plan', () => {
    expect(() => {
      check(bent(() => undefined));
    }).not.toThrow();
  });

  it.each<[string, (content: PlanContent) => void, RegExp]>([
    [
      'a text in place of a number',
      ({ experiments: [one] }) => {
        one.cells[0].settings['n'] = 'four';
      },
      /n=four with 40 trials in place of/,
    ],
    [
      'a setting that cannot stand in an address',
      ({ experiments: [one] }) => {
        one.cells[0].settings['x'] = 'a,b';
      },
      /cannot stand in an address/,
    ],
    [
      'other trials',
      ({ experiments: [one] }) => {
        one.cells[0].trials += 1;
      },
      /with 41 trials in place of .* with 40 trials/,
    ],
    [
      'a cell too many',
      ({ experiments: [one] }) => {
        one.cells.push(one.cells[0]);
      },
      /4 cells in place of 3/,
    ],
    [
      'a cell too few',
      ({ experiments: [one] }) => {
        one.cells.pop();
      },
      /nothing in place of/,
    ],
    [
      'an unknown experiment',
      ({ experiments: [one] }) => {
        one.id = 'toy-\u001b[31m';
      },
      /plan makes of 'toy-\uFFFD\[31m', got/,
    ],
    [
      'another version',
      ({ experiments: [one] }) => {
        one.version = 99;
      },
      /version 99, this program has/,
    ],
    [
      'values of another kind',
      ({ experiments: [one] }) => {
        one.values['n'] = 'x';
      },
      /must hold what basin plan makes of/,
    ],
  ])('is refused with %s', (_, change, message) => {
    expect(() => {
      check(bent(change));
    }).toThrow(InputError);
    expect(() => {
      check(bent(change));
    }).toThrow(message);
  });

  it('is refused with more units than can be files, before they are made', () => {
    expect(() =>
      bent(({ experiments: [one] }) => {
        Object.assign(one.cells[0], { trials: 1e9, unit: 1 });
      }),
    ).toThrow(/at most 1000000 units, got 1000000/);
  });
});
