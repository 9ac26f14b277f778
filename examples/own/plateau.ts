import { choice, defineExperiment, number } from '@basin-lab/basin';

export default defineExperiment({
  id: 'plateau',
  title: 'How long does descent stay near the start?',
  settings: {
    n: number({ description: 'samples', integer: true, list: true, min: 1, max: 1e6, default: [50, 100] }),
    law: choice(['even', 'skew'], { description: 'law of u', default: 'even' }),
  },
  cells: (values) => values.n.map((n) => ({ settings: { n }, trials: 20 })),
  trial({ settings, stream, kernels, cancel }) {
    // settings.n: number, settings.law: 'even' | 'skew'
    const u = stream('data').uniforms(settings.n); // Float64Array; normals(count) too; a stream for each purpose
    return { measures: { meanSquare: u.reduce((sum, x) => sum + x * x, 0) / u.length } }; // and status, curves, where there are any
  },
  measures: [{ name: 'meanSquare', of: 'meanSquare', description: 'mean of u²', statistic: 'mean' }],
});
