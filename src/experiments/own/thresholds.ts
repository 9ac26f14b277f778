/** The thresholds behind measures such as the recovery rate, for captions. */
import type { Settings } from '../../settings/types.js';
import { isPopulation } from './declared.js';
import type { Point } from './points.js';
import { pointSettings } from './settings.js';
import { isOtherWidth } from './student.js';

interface Threshold {
  readonly setting: string;
  readonly measures: readonly string[];
  readonly text: (value: string, settings: readonly Settings[]) => string;
}

const THRESHOLDS: readonly Threshold[] = [
  {
    setting: 'within',
    measures: ['recoveryRate', 'recoveredShare'],
    text: (value, settings) => {
      const kinds = new Set(settings.map(isFunctionDecisive));
      const [rows, functions] = [`‖Ŵ − W*‖ ≤ ${value} ‖W*‖`, `‖f̂ − f*‖ ≤ ${value} ‖f*‖`];
      if (kinds.size === 2) return `Recovered: ${functions}, or ${rows} where teacher and student are equally wide`;
      return `Recovered: ${kinds.has(true) ? functions : rows}`;
    },
  },
  {
    setting: 'within',
    measures: ['spuriousShare'],
    text: (value) => `Elsewhere: farther than ${value} ‖W*‖ from the end of the best start`,
  },
  { setting: 'sameMinimum', measures: ['successRate'], text: (value) => `One minimum: SD_n ≤ ${value}` },
];

/**
 * ` Recovered: ‖Ŵ − W*‖ ≤ 0.01 ‖W*‖.` for the measures that depend on the threshold. If the threshold varies, its name
 * replaces its value.
 */
export function thresholds(measures: readonly string[], points: readonly Pick<Point, 'settings'>[]): string {
  const said = THRESHOLDS.filter((threshold) => threshold.measures.some((name) => measures.includes(name)));
  const settings = points.map((point) => point.settings);
  return said.map(({ setting, text }) => ` ${text(valueOf(setting, settings), settings)}.`).join('');
}

/** Whether the function of the student decides about recovery at a point. */
function isFunctionDecisive(settings: Settings): boolean {
  const typed = pointSettings(settings);
  return isPopulation(typed) || isOtherWidth(typed);
}

function valueOf(setting: string, all: readonly Settings[]): string {
  const values = [...new Set(all.map((settings) => settings[setting]))];
  return values.length === 1 ? String(values[0]) : setting;
}
