/** Finds mistakes in the paired differences that a study file defines. */
import { suggest } from '../base/suggest.js';
import { differenceStatistic, pairsOf, sharesTrainingSets } from '../experiments/own/differences.js';
import { MEASURE_NAMES } from '../experiments/own/measures.js';
import { canonicalValue, METHOD_SETTINGS, STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import { requireName, trialNumber } from '../experiments/own/summaries.js';
import type { Path, Problem, StudyDocument } from './document.js';
import { messageOf, shown, type Grid } from './grid.js';
import type { File } from './schema.js';

type Difference = NonNullable<File['differences']>[string];

export function differences(document: StudyDocument, file: File, grid: Grid): Problem[] {
  const { differences: defined, boundary, summaries = {}, streams } = file;
  if (defined === undefined) return [];
  if (boundary !== undefined)
    return [
      document.atKey(['differences'], 'differences must not be given beside boundary, which tries its own n for each'),
    ];
  return Object.entries(defined).flatMap(([name, difference]) => {
    const path = ['differences', name];
    const taken = Object.hasOwn(summaries, name) || MEASURE_NAMES.includes(name);
    const free = taken ? `the name of a difference must be free, got '${name}', which is a measure` : undefined;
    return [
      ...at(document.atKey(path, ''), free ?? messageOf(() => requireName(name))),
      ...at(
        document.atValue([...path, 'of'], ''),
        messageOf(() => trialNumber(difference.of, 'of')),
      ),
      ...at(
        document.atValue([...path, 'statistic'], ''),
        messageOf(() => differenceStatistic(difference.statistic, 'statistic')),
      ),
      ...betweenProblems(document, [...path, 'between'], difference, grid, streams),
    ];
  });
}

function at(place: Problem, message: string | undefined): Problem[] {
  return message === undefined ? [] : [{ ...place, message }];
}

function betweenProblems(
  document: StudyDocument,
  path: Path,
  difference: Difference,
  grid: Grid,
  streams: File['streams'],
): Problem[] {
  const entries = Object.entries(difference.between);
  if (entries.length === 0) return [document.atValue(path, 'between must name a setting with two values, got none')];
  const wrong = entries.flatMap(([name, values]) =>
    METHOD_SETTINGS.includes(name)
      ? values.flatMap((value, index) =>
          at(document.atValue([...path, name, index], ''), valueMessage(name, value, grid)),
        )
      : [document.atKey([...path, name], settingMessage(name))],
  );
  return wrong.length > 0 ? wrong : pairProblems(document, path, difference, grid, streams);
}

function settingMessage(name: string): string {
  const allowed = `between must name settings of the method, one of ${METHOD_SETTINGS.join(', ')}`;
  return Object.hasOwn(STUDY_SETTING_TABLE, name)
    ? `${allowed}, got '${name}': cells that differ in it have other training sets, so that their trials are no pairs`
    : `${allowed}, got '${name}'${suggest(name, METHOD_SETTINGS)}`;
}

function valueMessage(name: string, value: string | number, grid: Grid): string | undefined {
  const values = (Object.hasOwn(grid, name) ? grid[name] : []).map(String);
  let text = String(value);
  const canonical = messageOf(() => {
    text = String(canonicalValue(name, value));
  });
  if (canonical === undefined && values.includes(text)) return undefined;
  if (values.length === 0) return `${name} must have both values in the grid, got none there`;
  return `${name} must be one of its values in the grid, ${values.join(', ')}, got ${shown(value)}${suggest(text, values)}`;
}

/** The training sets may also depend on a setting of the method, through an expression. */
function pairProblems(
  document: StudyDocument,
  path: Path,
  difference: Difference,
  grid: Grid,
  streams: File['streams'],
): Problem[] {
  const found: Problem[] = [];
  // A grid whose expressions cannot be evaluated is reported elsewhere.
  messageOf(() => {
    const pairs = pairsOf({ grid }, difference);
    if (pairs.length === 0)
      found.push(document.atValue(path, 'between must name two different methods, got two of the same cells'));
    if (!pairs.every((pair) => sharesTrainingSets(pair, streams)))
      found.push(
        document.atValue(
          path,
          'between must leave the training sets as they are, got settings on which d, n, others of theirs or their random numbers depend',
        ),
      );
  });
  return found;
}
