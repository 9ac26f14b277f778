/** How findings converge while results come: the interval of each at every update, as a small picture. */
import type { Finding } from '../experiments/spec.js';
import { escapeHtml } from '../report/markup.js';
import type { Interval } from '../statistics/estimate.js';

/** A longer history is thinned to every second update. */
const MOST_UPDATES = 200;
const SIZE = { width: 320, height: 48 } as const;
/** Of the picture's height, above the highest and below the lowest end. */
const MARGIN = 4;

interface Update extends Interval {
  /** trials that were done */
  readonly done: number;
}

export class Trends {
  readonly #histories = new Map<string, Update[]>();

  add(findings: readonly Finding[], done: number): void {
    for (const { statement, value, low, high } of findings) {
      if (!Number.isFinite(value) || !Number.isFinite(high - low)) continue;
      const history = this.#histories.get(statement) ?? [];
      if (history.at(-1)?.done === done) continue;
      history.push({ done, value, low, high });
      this.#histories.set(statement, history.length > MOST_UPDATES ? history.filter((_, i) => i % 2 === 1) : history);
    }
  }

  /** A picture for each finding that was seen at two numbers of trials or more. */
  pictures(findings: readonly Finding[]): string[] {
    return findings.flatMap(({ statement }) => {
      const history = this.#histories.get(statement) ?? [];
      return history.length < 2 ? [] : [picture(statement, history)];
    });
  }
}

function picture(statement: string, history: readonly Update[]): string {
  const [first, last] = [history[0].done, history[history.length - 1].done];
  const top = Math.max(...history.map(({ high }) => high));
  const bottom = Math.min(...history.map(({ low }) => low));
  const x = ({ done }: Update): string => ((SIZE.width * (done - first)) / (last - first)).toFixed(1);
  const scale = (SIZE.height - 2 * MARGIN) / (top - bottom || 1);
  const y = (value: number): string => (MARGIN + (top - value) * scale).toFixed(1);
  const points = (of: (update: Update) => number, updates: readonly Update[] = history): string =>
    updates.map((update) => `${x(update)},${y(of(update))}`).join(' ');
  const band = `${points(({ low }) => low)} ${points(({ high }) => high, history.toReversed())}`;
  return `<figure class="trend"><svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" preserveAspectRatio="none" aria-hidden="true"><polygon class="likely" points="${band}"/><polyline class="middle" points="${points(({ value }) => value)}"/></svg>
<figcaption>${escapeHtml(statement)}: value and interval from ${first} to ${last} trials</figcaption></figure>`;
}
