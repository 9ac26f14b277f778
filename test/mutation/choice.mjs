// Which tests try a mutant: those that enter its function, as many as some seconds hold.
import { nameOf } from './marks.mjs';
import { roomOf } from './sample.mjs';

/** A file that takes no longer runs whole: choosing among its tests would save nothing. */
const SHORT_SECONDS = 3;

const sum = (tests) => tests.reduce((all, { seconds }) => all + seconds, 0);

/**
 * What of a file enters the function, and how long that takes: all of a short file (no ids), else its tests, the
 * quickest first.
 */
function entering([file, { seconds, functions, tests }], name) {
  const own = tests
    .filter((test) => functions.has(name) || test.functions.has(name))
    .sort((a, b) => a.seconds - b.seconds);
  if (own.length === 0) return [];
  return [
    {
      test: file,
      own,
      start: Math.max(0, seconds - sum(tests)),
      ...(seconds <= SHORT_SECONDS ? { seconds } : { seconds: seconds - sum(tests) + sum(own), ids: true }),
    },
  ];
}

/** The quickest tests of a long file, as many as there is time for. */
function within({ own, start }, left) {
  let spent = start;
  const held = own.filter(({ seconds }, at) => (spent += seconds) <= left || at === 0);
  return { ids: held.map(({ id }) => id), seconds: start + sum(held) };
}

/**
 * Runs for a mutant: its mirror, files of its room, the others, the quickest first, within these seconds but for the
 * first.
 */
export function testsFor({ path, inFunction }, found, seconds) {
  const mirror = path.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts');
  const rank = ({ test }) => (test === mirror ? 0 : roomOf(test) === roomOf(path) ? 1 : 2);
  const files = [...found]
    .flatMap((file) => entering(file, nameOf(path, inFunction)))
    .sort((a, b) => rank(a) - rank(b) || a.seconds - b.seconds);
  const runs = [];
  for (const file of files) {
    const left = seconds - sum(runs);
    if (runs.length > 0 && file.start + file.own[0].seconds > left) continue;
    if (file.ids === undefined) runs.push({ test: file.test, seconds: file.seconds });
    else runs.push({ test: file.test, ...within(file, left) });
  }
  return runs;
}
