import { asAsked } from './decided.js';
import { requireExperimentId } from './names.js';
import { basinRadius } from './papers/fu2018/basin.js';
import { fu2018Alg2 } from './papers/fu2018/alg2.js';
import { fu2018Concentration } from './papers/fu2018/concentration.js';
import { fu2018Fig2 } from './papers/fu2018/fig2.js';
import { fu2018Fig3 } from './papers/fu2018/fig3.js';
import { fu2018Fig4 } from './papers/fu2018/fig4.js';
import { fu2018Population } from './papers/fu2018/population.js';
import { fu2018Thm1 } from './papers/fu2018/thm1.js';
import { fu2018Thm1Condition } from './papers/fu2018/thm1Condition.js';
import { fu2018Thm1Samples } from './papers/fu2018/thm1Samples.js';
import { fu2018Thm2 } from './papers/fu2018/thm2.js';
import { fu2019Error } from './papers/fu2019/error.js';
import { fu2019Fig1 } from './papers/fu2019/fig1.js';
import { fu2019Loss } from './papers/fu2019/loss.js';
import { fu2019Success } from './papers/fu2019/success.js';
import { fu2019Thm1 } from './papers/fu2019/thm1.js';
import { fu2019Thm2 } from './papers/fu2019/thm2.js';
import { gao2018Critical } from './papers/gao2018/critical.js';
import { gao2018Degree4 } from './papers/gao2018/degree4.js';
import { gao2018Fig1 } from './papers/gao2018/fig1.js';
import { gao2018Fig2 } from './papers/gao2018/fig2.js';
import { gao2018Fig3 } from './papers/gao2018/fig3.js';
import { gao2018Fig4 } from './papers/gao2018/fig4.js';
import { gao2018Laws } from './papers/gao2018/laws.js';
import { gao2018Thm1 } from './papers/gao2018/thm1.js';
import { gao2018Thm2 } from './papers/gao2018/thm2.js';
import { goldt2019Dynamics } from './papers/goldt2019/dynamics.js';
import { goldt2019Final } from './papers/goldt2019/final.js';
import { mei2018Runaway } from './papers/mei2018/runaway.js';
import { safran2018Minima } from './papers/safran2018/minima.js';
import { safran2018Square } from './papers/safran2018/square.js';
import { safran2018Wider } from './papers/safran2018/wider.js';
import { soltanolkotabi2017Fig1 } from './papers/soltanolkotabi2017/fig1.js';
import { soltanolkotabi2017Fig2a } from './papers/soltanolkotabi2017/fig2a.js';
import { soltanolkotabi2017Fig2b } from './papers/soltanolkotabi2017/fig2b.js';
import { soltanolkotabi2017Fig3a } from './papers/soltanolkotabi2017/fig3a.js';
import { soltanolkotabi2017Fig3b } from './papers/soltanolkotabi2017/fig3b.js';
import { soltanolkotabi2017Fig4a } from './papers/soltanolkotabi2017/fig4a.js';
import { soltanolkotabi2017Fig4b } from './papers/soltanolkotabi2017/fig4b.js';
import { soltanolkotabi2017Jacobian } from './papers/soltanolkotabi2017/jacobian.js';
import { soltanolkotabi2017Spectrum } from './papers/soltanolkotabi2017/spectrum.js';
import { soltanolkotabi2017Thm21 } from './papers/soltanolkotabi2017/thm21.js';
import { soltanolkotabi2017Thm22 } from './papers/soltanolkotabi2017/thm22.js';
import { soltanolkotabi2017Thm25 } from './papers/soltanolkotabi2017/thm25.js';
import { studyExperiment, studyRunner } from './own/experiment.js';
import { storedSpec, type StoredStudy } from './own/stored.js';
import { zhong2017Alg2 } from './papers/zhong2017/alg2.js';
import { zhong2017Claim55 } from './papers/zhong2017/claim55.js';
import { zhong2017Fig1a } from './papers/zhong2017/fig1a.js';
import { zhong2017Fig1b } from './papers/zhong2017/fig1b.js';
import { zhong2017Fig1c } from './papers/zhong2017/fig1c.js';
import { zhong2017Fig1cPrinted } from './papers/zhong2017/fig1cPrinted.js';
import { zhong2017Kcl } from './papers/zhong2017/kcl.js';
import { zhong2017Remark43 } from './papers/zhong2017/remark43.js';
import { zhong2017Thm35 } from './papers/zhong2017/thm35.js';
import { zhong2017Thm42 } from './papers/zhong2017/thm42.js';
import { zhong2017Thm44 } from './papers/zhong2017/thm44.js';
import { zhong2017Thm56 } from './papers/zhong2017/thm56.js';
import { type Experiment, STUDY_ID } from './spec.js';

export { studyRunner } from './own/experiment.js';

/** Every experiment, in the order of `basin list`. */
export const EXPERIMENTS: readonly Experiment[] = [
  fu2018Fig2,
  fu2018Fig3,
  fu2018Fig4,
  fu2018Thm1,
  fu2018Population,
  fu2018Thm1Condition,
  fu2018Thm1Samples,
  fu2018Concentration,
  fu2018Thm2,
  fu2018Alg2,
  basinRadius,
  fu2019Fig1,
  fu2019Success,
  fu2019Error,
  fu2019Loss,
  fu2019Thm1,
  fu2019Thm2,
  gao2018Fig1,
  gao2018Fig2,
  gao2018Fig3,
  gao2018Fig4,
  gao2018Laws,
  gao2018Thm1,
  gao2018Thm2,
  gao2018Degree4,
  gao2018Critical,
  soltanolkotabi2017Fig1,
  soltanolkotabi2017Fig2a,
  soltanolkotabi2017Fig2b,
  soltanolkotabi2017Fig3a,
  soltanolkotabi2017Fig3b,
  soltanolkotabi2017Fig4a,
  soltanolkotabi2017Fig4b,
  soltanolkotabi2017Thm21,
  soltanolkotabi2017Thm22,
  soltanolkotabi2017Thm25,
  soltanolkotabi2017Jacobian,
  soltanolkotabi2017Spectrum,
  zhong2017Fig1a,
  zhong2017Fig1b,
  zhong2017Fig1c,
  zhong2017Alg2,
  zhong2017Thm35,
  zhong2017Thm42,
  zhong2017Thm44,
  zhong2017Thm56,
  zhong2017Remark43,
  zhong2017Claim55,
  zhong2017Kcl,
  zhong2017Fig1cPrinted,
  safran2018Square,
  safran2018Wider,
  safran2018Minima,
  mei2018Runaway,
  goldt2019Dynamics,
  goldt2019Final,
];

const STUDY_RUNNER = studyRunner();

/** @throws InputError for an id that does not exist */
export function findExperiment(id: string): Experiment {
  requireExperimentId(id);
  const found = EXPERIMENTS.find((experiment) => experiment.id === id);
  if (found === undefined) throw new Error(`experiments/names.ts has ${id}, which no experiment has`);
  return found;
}

/**
 * What runs the trials of an id: an experiment of a paper, or the generic experiment for studies of one's own, whose
 * trials depend on their settings alone.
 * @throws InputError for an id that does not exist
 */
export function findRunner(id: string): Experiment {
  return id === STUDY_ID ? STUDY_RUNNER : findExperiment(id);
}

/**
 * The experiment that belongs to a study's store. The store contains everything that defines the experiment.
 * @throws InputError for an id that does not exist
 */
export function storedExperiment({ id, ...stored }: StoredStudy & { readonly id: string }): Experiment {
  return id === STUDY_ID ? studyExperiment(storedSpec(stored)) : asAsked(findExperiment(id), stored.values);
}
