/** Finds mistakes in the summaries that a study file defines. */
import { summaryMeasure, trialNumber } from '../experiments/own/summaries.js';
import { statisticOf } from '../statistics/named.js';
import type { Problem, StudyDocument } from './document.js';
import { messageOf } from './grid.js';
import type { File } from './schema.js';

export function summaries(document: StudyDocument, { summaries: defined = {} }: File): Problem[] {
  return Object.entries(defined).flatMap(([name, summary]) => {
    const path = ['summaries', name];
    const parts = {
      of: messageOf(() => trialNumber(summary.of, 'of')),
      statistic: messageOf(() => statisticOf(summary.statistic, 'statistic')),
    };
    const wrong = Object.entries(parts).flatMap(([key, message]) =>
      message === undefined ? [] : [document.atValue([...path, key], message)],
    );
    const taken = wrong.length > 0 ? undefined : messageOf(() => summaryMeasure(name, summary));
    return taken === undefined ? wrong : [document.atKey(path, taken)];
  });
}
