/** Gradient descent on the mean loss: all starts in one product, units as rows, samples along the rows. */
const CLIP = 1e-15;

/** In place: z becomes φ(z), `slopes` φ′(z). One function each, so that each loop is compiled for itself. */
const ACTIVATIONS = {
  sigmoid(z, slopes) {
    for (let i = 0; i < z.length; i++) {
      const s = 1 / (1 + Math.exp(-z[i]));
      z[i] = s;
      slopes[i] = s * (1 - s);
    }
  },
  softplus(z, slopes) {
    for (let i = 0; i < z.length; i++) {
      const e = Math.exp(-Math.abs(z[i]));
      slopes[i] = (z[i] > 0 ? 1 : e) / (1 + e);
      z[i] = Math.max(z[i], 0) + Math.log1p(e);
    }
  },
  relu(z, slopes) {
    for (let i = 0; i < z.length; i++) {
      slopes[i] = z[i] > 0 ? 1 : 0;
      z[i] = Math.max(z[i], 0);
    }
  },
  'squared-relu'(z, slopes) {
    for (let i = 0; i < z.length; i++) {
      const positive = z[i] > 0 ? z[i] : 0;
      z[i] = positive * positive;
      slopes[i] = 2 * positive;
    }
  },
};

/** In place: f becomes ∂loss/∂f over n. */
const LOSS_SLOPES = {
  squared(f, y) {
    for (let i = 0; i < f.length; i++) f[i] = (f[i] - y[i]) / f.length;
  },
  'cross-entropy'(f, y) {
    for (let i = 0; i < f.length; i++) {
      const p = Math.min(Math.max(f[i], CLIP), 1 - CLIP);
      f[i] = (p - y[i]) / (p * (1 - p)) / f.length;
    }
  },
};

function addScaled(sum, values, first, factor) {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * values[first + i];
}

function scaleBy(values, first, factors, factor) {
  for (let i = 0; i < factors.length; i++) values[first + i] *= factors[i] * factor;
}

function dot(a, b, first) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[first + i];
  return sum;
}

export function descent(job, products) {
  const { samples: n, dimension: d, neurons, starts, step, x, y } = job;
  const units = starts * neurons;
  const [values, slopes, f, gradient] = [units * n, units * n, n, units * d].map((length) => new Float64Array(length));
  const activate = ACTIVATIONS[job.activation];
  const lossSlope = LOSS_SLOPES[job.loss];

  function backThrough(start, v, outputGradient) {
    f.fill(0);
    for (let u = start * neurons; u < (start + 1) * neurons; u++) addScaled(f, values, u * n, v[u]);
    lossSlope(f, y);
    for (let u = start * neurons; u < (start + 1) * neurons; u++) {
      if (job.trainOutput) outputGradient[u] = dot(f, values, u * n);
      scaleBy(slopes, u * n, f, v[u]);
    }
  }

  return (iterations) => {
    const weights = job.weights.slice();
    const v = job.outputWeights.slice();
    const outputGradient = new Float64Array(units);
    for (let t = 0; t < iterations; t++) {
      products.byTransposed(weights, x, values, units, n, d);
      activate(values, slopes);
      for (let start = 0; start < starts; start++) backThrough(start, v, outputGradient);
      products.by(slopes, x, gradient, units, d, n);
      for (let i = 0; i < weights.length; i++) weights[i] -= step * gradient[i];
      for (let u = 0; u < units; u++) v[u] -= step * outputGradient[u];
    }
    return weights;
  };
}
