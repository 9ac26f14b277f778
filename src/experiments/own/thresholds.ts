/** The thresholds behind measures such as the recovery rate, for captions. */
import type { Settings } from '../../settings/types.js';
import type { Point } from './points.js';

interface Threshold {
  readonly setting: string;
  readonly measures: readonly string[];
  readonly text: (value: string) => string;
}

const THRESHOLDS: readonly Threshold[] = [
  {
    setting: 'within',
    measures: ['recoveryRate', 'recoveredShare'],
    text: (value) => `Recovered: ‖Ŵ − W*‖ ≤ ${value} ‖W*‖`,
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
  return said
    .map(
      ({ setting, text }) =>
        ` ${text(
          valueOf(
            setting,
            points.map(({ settings }) => settings),
          ),
        )}.`,
    )
    .join('');
}

function valueOf(setting: string, all: readonly Settings[]): string {
  const values = [...new Set(all.map((settings) => settings[setting]))];
  return values.length === 1 ? String(values[0]) : setting;
}
