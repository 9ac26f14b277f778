// Which mutants are tried, by which tests, and what came of it.
import { below } from '../torture/random.mjs';
import { nameOf } from './marks.mjs';

export const roomOf = (path) => path.split('/')[1];

function shuffled(items, random) {
  const all = [...items];
  for (let left = all.length; left > 1; left--) {
    const other = below(random, left);
    [all[left - 1], all[other]] = [all[other], all[left - 1]];
  }
  return all;
}

/** The mutants of each room. */
export function byRoom(mutants) {
  const rooms = new Map();
  for (const mutant of mutants) rooms.set(roomOf(mutant.path), [...(rooms.get(roomOf(mutant.path)) ?? []), mutant]);
  return rooms;
}

/** So many mutants that compile, each room with its share of all. */
export function sampled(mutants, count, random, compiles) {
  return [...byRoom(mutants).values()].flatMap((ofRoom) => {
    const share = Math.round((count * ofRoom.length) / mutants.length);
    const taken = [];
    for (const mutant of shuffled(ofRoom, random)) {
      if (taken.length >= share) break;
      if (compiles(mutant)) taken.push(mutant);
    }
    return taken;
  });
}

/**
 * Tests that enter the mutant's function: its mirror, then those of its room, then the others, each time the quickest first, and after the first
 * one as many as these seconds hold.
 */
export function testsFor({ path, inFunction }, found, seconds) {
  const mirror = path.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts');
  const rank = (test) => (test === mirror ? 0 : roomOf(test) === roomOf(path) ? 1 : 2);
  const seeing = [...found].filter(([, { functions }]) => functions.has(nameOf(path, inFunction)));
  seeing.sort(([a, { seconds: s }], [b, { seconds: t }]) => rank(a) - rank(b) || s - t);
  let spent = 0;
  return seeing.filter(([, one], at) => (spent += one.seconds) <= seconds || at === 0).map(([test]) => test);
}

/** The room's counts, share of mutants that were killed, with its exact interval. */
export function scoreOf(tried, rate) {
  const of = (outcome) => tried.filter((one) => one.outcome === outcome).length;
  const killed = of('failed') + of('late');
  const { value, low, high } = rate(killed, tried.length);
  const percent = (share) => (100 * share).toFixed(1);
  return `${killed} of ${tried.length} killed (${of('late')} late), ${of('unseen')} unseen, ${of('passed')} survived: ${percent(value)} % [${percent(low)}, ${percent(high)}]`;
}
