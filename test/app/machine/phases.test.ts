import { describe, expect, it } from 'vitest';
import { PHASES, timed } from '../../../src/app/machine/phases.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';

const kernels = loadNativeKernels();

describe('the phases of a trial', () => {
  it('know every kernel, and leave its result as it is', () => {
    const normals = (of: typeof kernels): Float64Array => {
      const out = new Float64Array(64);
      of.normals({ key: [1, 2], trial: 3, purpose: 4 }, 0, out);
      return out;
    };
    const { result, phases } = timed(kernels, normals);
    expect(result).toEqual(normals(kernels));
    expect(Object.keys(phases)).toEqual(PHASES);
    expect(phases.draw).toBeGreaterThan(0);
    expect([phases.descend, phases.curvature]).toEqual([0, 0]);
  });

  it('count a call that throws, and what is outside of the kernels', () => {
    const { result, phases } = timed(kernels, (watched) => {
      try {
        watched.solve(new Float64Array(1), new Float64Array(1), 3, 1);
        return 'solved';
      } catch {
        return 'threw';
      }
    });
    expect(result).toBe('threw');
    expect(phases.algebra).toBeGreaterThan(0);
    expect(Object.values(phases).every((seconds) => seconds >= 0)).toBe(true);
  });
});
