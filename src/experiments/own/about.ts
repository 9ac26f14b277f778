/**
 * What the report says about a study of one's own: every setting in force with its meaning, and the rule that ends its
 * trials.
 */
import { isOwnKind, ownDescription } from '../../core/networks/ownWords.js';
import type { EffectiveSetting, OwnStudy, RandomNumbers } from '../spec.js';
import type { Settings, SettingValue } from '../../settings/types.js';
import type { StudySettingName } from './declared.js';
import { drawnText } from './drawn.js';
import { isExpression, resolvePoint, studyPoints, writtenPoints } from './grid.js';
import { METHOD_SETTINGS, pointSettings, shownSettings, STUDY_SETTING_TABLE } from './settings.js';
import { aboutRepeated, hasTrainingSets } from './repeated.js';
import { streamsText, type AxisValue, type StudySpec } from './spec.js';

const THRESHOLDS: readonly string[] = ['within', 'sameMinimum'] satisfies StudySettingName[];

export function aboutStudy(spec: StudySpec): OwnStudy {
  return {
    description: spec.description,
    draws: drawnText(studyPoints(spec).map(pointSettings)),
    settings: [...settingsInForce(spec), ...trialsOf(spec), ...streamsIn(spec)],
    randomNumbers: randomNumbersOf(spec),
  };
}

/** The rule that ends the trials, in words. It is undefined if the number of trials is fixed. */
export function targetText({ precision, boundary }: Pick<StudySpec, 'precision' | 'boundary'>): string | undefined {
  if (boundary !== undefined)
    return `the n at which ${boundary.measure} is ${boundary.level} is known up to a factor of ${1 + boundary.relative}, at most ${boundary.most} per search`;
  if (precision === undefined) return undefined;
  const width = precision.rate === undefined ? `${String(precision.relative)} times its value` : String(precision.rate);
  return `${precision.measure} is known to ± ${width}, at most ${precision.most} per cell`;
}

/** Settings that have a meaning at some point of the grid, in the order of the table of settings. */
function settingsInForce(spec: StudySpec): EffectiveSetting[] {
  const points = writtenPoints(spec).map((point) => shownSettings(resolvePoint(point)));
  return Object.entries(STUDY_SETTING_TABLE).flatMap(([name, { description }]) => {
    if (name === 'n' && spec.boundary !== undefined) return [searchedSize(spec.boundary, description)];
    if (!points.some((point) => Object.hasOwn(point, name))) return [];
    const meaning = [aboutRepeated(spec, description), ...ownMeanings(name, points)].join('; ');
    return [
      {
        name,
        meaning,
        given: Object.hasOwn(spec.grid, name),
        values: valuesText(name, spec, points),
        role: roleOf(name),
      },
    ];
  });
}

/** The meanings of the user's own words that occur as values of a setting. */
function ownMeanings(name: string, points: readonly Settings[]): string[] {
  if (!isOwnKind(name)) return [];
  const words = new Set(points.flatMap((point) => (typeof point[name] === 'string' ? [point[name]] : [])));
  return [...words].flatMap((word) => {
    const description = ownDescription(name, word);
    return description === undefined ? [] : [`${word}: ${description}`];
  });
}

function roleOf(name: string): NonNullable<EffectiveSetting['role']> {
  if (THRESHOLDS.includes(name)) return 'threshold';
  return METHOD_SETTINGS.includes(name) ? 'method' : 'data';
}

function searchedSize({ from, to }: NonNullable<StudySpec['boundary']>, meaning: string): EffectiveSetting {
  return { name: 'n', values: `placed by the search, from ${from} to ${to}`, meaning, given: true, role: 'data' };
}

function valuesText(name: string, { grid, files = [] }: StudySpec, points: readonly Settings[]): string {
  const written = Object.hasOwn(grid, name) ? grid[name] : [];
  const values = new Set(points.flatMap((point) => (Object.hasOwn(point, name) ? [point[name]] : [])));
  const paths = new Map<SettingValue, string>(files.map(({ value, path }) => [value, `${value} (${path})`]));
  const resolved = [...values].map((value) => paths.get(value) ?? value).join(', ');
  return written.some((value: AxisValue) => isExpression(name, value))
    ? `${written.join(', ')} (${resolved})`
    : resolved;
}

function streamsIn({ streams }: StudySpec): EffectiveSetting[] {
  if (streams === undefined) return [];
  const meaning = 'experiment whose random numbers the trials have, in cells where these settings are equal';
  return [{ name: 'streams', values: streamsText(streams), meaning, given: true }];
}

function randomNumbersOf(spec: StudySpec): RandomNumbers {
  const { streams } = spec;
  if (streams === undefined)
    return {
      key: ['the experiment', 'the settings of the data'],
      common: `Cells that differ in these settings alone have the same teachers${hasTrainingSets(spec) ? ' and training sets' : ''}, trial by trial (common random numbers).`,
    };
  const { of, version, cells } = streams;
  const names = cells.join(', ');
  return {
    key: [`${of} version ${version}`, `the values of ${names}`],
    common: `Cells with the same values of ${names} have the same random numbers, trial by trial (common random numbers): those of ${of} version ${version}.`,
  };
}

function trialsOf(spec: StudySpec): EffectiveSetting[] {
  const { trials, boundary } = spec;
  const target = targetText(spec);
  if (target === undefined)
    return [
      {
        name: 'trials',
        values: String(trials),
        meaning: 'independent trials of each cell',
        given: true,
        role: 'trials',
      },
    ];
  const first = boundary === undefined ? 'trials of the first look at each cell' : 'fewest trials at once at one n';
  return [
    { name: 'trials', values: String(trials), meaning: first, given: true, role: 'trials' },
    {
      name: boundary === undefined ? 'precision' : 'boundary',
      values: `until ${target}`,
      meaning: 'when trials end',
      given: true,
      role: 'trials',
    },
  ];
}
