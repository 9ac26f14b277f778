/** The titles of settings and measures in axes, legends and captions. */
import { SET_CLASSES, START_CLASSES } from '../../core/outcomes/classes.js';
import { setRate, startMeasure } from '../common/outcomes.js';

const SETTING_TITLES: Readonly<Record<string, string>> = {
  K: 'neurons K',
  studentK: 'neurons of the student',
  d: 'input dimension d',
  n: 'sample size n',
  teacherScale: 'scale of W*',
  condition: 'condition number of W*',
  noise: 'standard deviation of the label noise',
  radius: 'distance of the start ‖W0 − W*‖/‖W*‖',
  startScale: 'standard deviation of W0',
  stepSize: 'step size η',
  stepFactor: 'step size times λ_max at the start',
  method: 'method',
  momentum: 'momentum β',
  batch: 'samples in a batch',
  schedule: 'step schedule',
  starts: 'starts',
  iterations: 'iterations',
  mu: 'μ',
  penalty: 'λ',
  activation: 'activation φ',
  inputs: 'law of the inputs',
  teacher: 'law of W*',
};

const OUTCOME_TITLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(START_CLASSES.map(({ name, title }) => [startMeasure(name), `share of starts: ${title}`])),
  ...Object.fromEntries(SET_CLASSES.map(({ name, title }) => [setRate(name), `share of training sets: ${title}`])),
  oneMinimumRate: 'share of training sets: one minimum',
  polishedSdN: 'spread of the polished ends',
  normGrowth: 'largest ‖W‖/‖W0‖',
  lambdaMin: 'least λ_min at a polished end',
  polishedShare: 'share of starts that are polished',
};

const MEASURE_TITLES: Readonly<Record<string, string>> = {
  recoveryRate: 'recovery rate',
  recoveredShare: 'share of starts that end at W*',
  spuriousShare: 'share of starts that end elsewhere',
  successRate: 'success rate',
  sdN: 'SD_n',
  estimationError: 'mean of ‖Ŵ − W*‖',
  medianError: 'median of ‖Ŵ − W*‖',
  relativeError: 'median of ‖Ŵ − W*‖/‖W*‖',
  initializationError: 'median of ‖W0 − W*‖/‖W*‖',
  parameterError: 'parameter error e(A)',
  covered: 'share of W* that is found',
  finalLoss: 'median final loss',
  teacherLoss: 'median loss at W*',
  iterations: 'mean number of iterations',
  gradientNorm: 'median final gradient norm',
  stepSize: 'median step size',
  divergedShare: 'share of starts that diverge',
  relativeRisk: 'median of ‖f̂ − f*‖²/‖f*‖²',
  functionRecoveryRate: 'rate of recovered functions',
  foundRows: 'share of the rows of W* that are found',
  rowsPerFound: 'rows of Ŵ per found row of W*',
  spareRows: 'share of the rows of Ŵ that are spare',
  ...OUTCOME_TITLES,
  loss: 'loss',
  error: '‖W − W*‖',
};

/** The title of a setting. An expression is its own title. */
export function settingTitle(name: string): string {
  return SETTING_TITLES[name] ?? name.replaceAll('*', '·');
}

export function measureTitle(name: string): string {
  return MEASURE_TITLES[name] ?? name;
}

/** The text with an upper-case first letter, to begin a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
