/** Step schedules as values of settings. */
import { parseSchedule, SCHEDULE_SPELLINGS } from '../../core/descent/schedules.js';
import type { Vocabulary } from '../../settings/types.js';

export const SCHEDULE: Vocabulary = {
  kind: 'schedule',
  names: SCHEDULE_SPELLINGS.join(', '),
  canonical: (text) => parseSchedule(text).name,
};
