/** What is timed is verified first: against the plain loops, or against another contender's weights. */
const TOLERANCE = 1e-11;

export function distance(got, expected) {
  let worst = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Number.isNaN(got[i]) ? Infinity : Math.abs(got[i] - expected[i]));
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return worst / Math.max(scale, Number.MIN_VALUE);
}

export function requireAgreement(what, got, expected, tolerance = TOLERANCE) {
  const error = distance(got, expected);
  if (!(error <= tolerance))
    throw new Error(`${what} disagrees by ${error.toExponential(2)} (allowed ${tolerance}): nothing was timed`);
}

/** One evaluation of the workload's first start by both kernels. */
export function verifyWorkload(name, native, reference, problemFor, data, workload) {
  const point = {
    starts: 1,
    weights: data.weights.subarray(0, data.weights.length / workload.starts),
    outputWeights: data.outputWeights.subarray(0, data.outputWeights.length / workload.starts),
  };
  const got = native.evaluate(problemFor(native), point);
  const expected = reference.evaluate(problemFor(reference), point);
  requireAgreement(`${name}: the loss`, got.loss, expected.loss);
  requireAgreement(`${name}: the gradient`, got.gradient, expected.gradient);
  requireAgreement(`${name}: the gradient in v`, got.outputGradient, expected.outputGradient);
}
