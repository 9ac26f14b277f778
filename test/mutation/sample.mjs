// Which mutants are tried, and what came of it.
import { below } from '../torture/random.mjs';

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

/**
 * So many mutants that compile, each room with its share of all, in an order by chance: the first ones are a sample,
 * too.
 */
export function sampled(mutants, count, random, compiles) {
  const all = [...byRoom(mutants).values()].flatMap((ofRoom) => {
    const share = Math.round((count * ofRoom.length) / mutants.length);
    const taken = [];
    for (const mutant of shuffled(ofRoom, random)) {
      if (taken.length >= share) break;
      if (compiles(mutant)) taken.push(mutant);
    }
    return taken;
  });
  return shuffled(all, random);
}

/** The room's counts, share of mutants that were killed, with its exact interval. */
export function scoreOf(tried, rate) {
  const of = (outcome) => tried.filter((one) => one.outcome === outcome).length;
  const killed = of('failed') + of('late');
  const { value, low, high } = rate(killed, tried.length);
  const percent = (share) => (100 * share).toFixed(1);
  return `${killed} of ${tried.length} killed (${of('late')} late), ${of('unseen')} unseen, ${of('passed')} survived: ${percent(value)} % [${percent(low)}, ${percent(high)}]`;
}
