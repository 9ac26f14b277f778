import { by, type Statement } from '../statement.js';

/** What goldt2019 states of soft committee machines with error functions, and what follows. */
export const GOLDT2019_STATEMENTS: readonly Statement[] = [
  {
    number: 'equations for d → ∞',
    says: 'The order parameters of online SGD follow ordinary differential equations as d → ∞; a run deviates by O(1/√d).',
    judges: [by('goldt2019-dynamics', 'rate-*,start=overlap')],
    open: 'Inputs are Gaussian and only W is trained.',
  },
  {
    number: 'simulation against equations',
    says: 'At d = 1000 the generalisation error of runs agrees with the equations over the whole course, the plateau included.',
    judges: [by('goldt2019-dynamics', 'course-*', 'spread-*')],
  },
  {
    number: 'escape from the plateau',
    says: 'From random starts a run leaves the plateau at another time than its equations say, and this does not vanish as d grows (our derivation).',
    judges: [by('goldt2019-dynamics', 'rate-*,start=random')],
  },
  {
    number: 'final error in closed form',
    says: 'A student with K = M + L rows, of which only W is trained, ends at ε_g = σ²f(M, L, η), a rational function that the authors publish as a notebook.',
    judges: [by('goldt2019-final', 'printed-*', 'settled-*', 'stays-*')],
    open: 'Error functions only; the paper has linear and ReLU networks too.',
  },
  {
    number: 'final error for small η',
    says: 'The closed form begins with ησ²/2π · (L + M/√3): the error grows linearly with the number of further rows.',
    judges: [by('goldt2019-final', 'small-step-*')],
  },
  {
    number: 'first layer only',
    says: 'When only W is trained the final generalisation error increases with the size of the student.',
    judges: [by('goldt2019-final', 'grows-*')],
    open: 'Once settled; the next line has what happens later.',
  },
  {
    number: 'spare rows',
    says: 'The fixed point is not stable for L ≥ 2: spare rows become pairs w, −w that grow, and the error falls again (our derivation).',
    judges: [by('goldt2019-final', 'flattens-*')],
  },
  {
    number: 'both layers',
    says: 'When v is trained too the final generalisation error stays constant or decreases with the size of the student.',
    open: 'The kernels and the equations train v, but the end depends on how the rows of the student share the teacher’s, which no closed start represents; no experiment yet.',
  },
];
