import type { Row } from './row.js';
import { exactly, positive, power, rising, share, signed } from './worlds.js';

export const ZHONG_ROWS: readonly Row[] = [
  {
    experiment: 'zhong2017-fig1a',
    claims: /^rate-reaches-one$/,
    holds: { recoveryRate: share(1) },
    fails: { recoveryRate: share(0.5) },
  },
  {
    experiment: 'zhong2017-fig1a',
    claims: /^boundary-exponent/,
    overrides: { d: '10,40,100', n: '1000,3000,10000' },
    holds: { recoveryRate: rising('n', power({ d: 1 }, 60)) },
    fails: { recoveryRate: rising('n', power({ d: 2 }, 0.8)) },
    edge: { recoveryRate: rising('n', power({ d: 1.25 }, 20)) },
  },
  {
    experiment: 'zhong2017-fig1b',
    claims: /^falls-/,
    holds: { medianError: positive(power({ n: -0.5 })) },
    fails: { medianError: positive(power({ n: 0.5 })) },
  },
  {
    experiment: 'zhong2017-fig1b',
    claims: /^equal-error-exponent/,
    holds: { medianError: positive(power({ d: 0.5, n: -0.5 })) },
    fails: { medianError: positive(power({ d: 1, n: -0.5 })) },
  },
  {
    experiment: 'zhong2017-fig1c',
    claims: /^tensor-fastest-/,
    holds: { iterationsSaved: signed(500) },
    fails: { iterationsSaved: signed(-500) },
  },
  {
    experiment: 'zhong2017-fig1c',
    claims: /^linear-/,
    holds: { lineDeviationI: positive(0.02), lineDeviationIII: positive(0.02) },
    fails: { lineDeviationI: positive(2), lineDeviationIII: positive(2) },
  },
  {
    experiment: 'zhong2017-fig1c',
    claims: /^random-stuck-/,
    holds: { convergedRateII: share(0) },
    fails: { convergedRateII: share(0.9) },
  },
  {
    experiment: 'zhong2017-alg2',
    claims: /^recovers-reuse-/,
    holds: { recoveryRateReuse: share(1) },
    fails: { recoveryRateReuse: share(0.5) },
  },
  {
    experiment: 'zhong2017-alg2',
    claims: /^recovers-fresh-/,
    holds: { recoveryRateFresh: share(1) },
    fails: { recoveryRateFresh: share(0.5) },
  },
  {
    experiment: 'zhong2017-alg2',
    claims: /^fresh-samples-exponent-/,
    holds: { exponentFresh: positive(1) },
    fails: { exponentFresh: positive(2) },
  },
  {
    experiment: 'zhong2017-alg2',
    claims: /^reused-samples-enough-/,
    holds: { reuseSuffices: share(1) },
    fails: { reuseSuffices: share(0.5) },
  },
  {
    experiment: 'zhong2017-thm35',
    claims: /-satisfies$/,
    holds: { satisfied: exactly(3) },
    fails: { satisfied: exactly(1) },
  },
  {
    experiment: 'zhong2017-thm35',
    claims: /-fails-3\.1$/,
    holds: { slopeHolds: exactly(0) },
    fails: { slopeHolds: exactly(1) },
  },
  {
    experiment: 'zhong2017-thm35',
    claims: /-fails-3\.2$/,
    holds: { curvatureHolds: exactly(0) },
    fails: { curvatureHolds: exactly(1) },
  },
  {
    experiment: 'zhong2017-thm42',
    claims: /^lower-bound-/,
    holds: { boundRate: share(1) },
    fails: { boundRate: share(0.5) },
  },
  {
    experiment: 'zhong2017-thm42',
    claims: /^lambda-max-/,
    holds: { exactMax: positive(power({ K: 0.5 })) },
    fails: { exactMax: positive(power({ K: 1.5 })) },
  },
  {
    experiment: 'zhong2017-thm42',
    claims: /^near-teacher-/,
    holds: { nearMin: positive(0.98) },
    fails: { nearMin: positive(0.8) },
  },
  {
    experiment: 'zhong2017-thm42',
    claims: /^concentration-/,
    holds: { deviation: positive(power({ n: -0.5 })) },
    fails: { deviation: positive(power({ n: -0.25 })) },
  },
  {
    experiment: 'zhong2017-remark43',
    exact: true,
    claims: /^(zeros|positive|equal-rows)-/,
    holds: { excess: exactly(0) },
    fails: { excess: exactly(2) },
  },
  {
    experiment: 'zhong2017-remark43',
    exact: true,
    claims: /^rank-deficient-/,
    holds: { lambdaShare: exactly(0) },
    fails: { lambdaShare: exactly(0.1) },
  },
];
