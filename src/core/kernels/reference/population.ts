import { pairOf } from '../../risk/quadrature.js';
import { evaluatePopulation } from '../../risk/population.js';
import type { PopulationKernels } from '../populationContract.js';
import { descendBy } from './stepping.js';

/** In closed form where there is one, else by quadrature. */
export const referencePopulation: PopulationKernels = {
  evaluatePopulation: ({ activation, dimension, teacher }, points) =>
    evaluatePopulation({ pair: pairOf(activation), dimension, teacher }, points),

  descendPopulation: ({ activation, dimension, teacher }, state, updates, tolerance, cancel) => {
    const risk = { pair: pairOf(activation), dimension, teacher };
    return descendBy((points) => evaluatePopulation(risk, points), state, updates, tolerance, cancel);
  },
};
