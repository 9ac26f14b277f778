import { describe, expect, it, vi } from 'vitest';
import { countProgress, studyProgress } from '../../src/cli/progress.js';
import type { ExperimentProgress } from '../../src/study/run/outcome.js';

function saying(act: () => void): string {
  const parts: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  try {
    act();
  } finally {
    write.mockRestore();
  }
  return parts.join('');
}

it('progress of short work is not shown', () => {
  const shown = (quietSeconds: number): string =>
    saying(() => {
      const progress = countProgress('compare', 'cells', quietSeconds);
      progress.update(0, 2);
      progress.end();
    });
  expect(shown(3600)).toBe('');
  expect(shown(0)).toBe('compare: 0/2 cells\n');
});

describe('the line of an experiment', () => {
  const PROGRESS: ExperimentProgress = {
    id: 'toy',
    planned: 80,
    likely: 80,
    complete: false,
    done: 20,
    failed: 0,
    censored: 0,
    performed: 20,
    trialsPerSecond: 4,
    secondsLeft: 15,
  };

  it.each<[Partial<ExperimentProgress>, string]>([
    [{}, 'toy: 20/80 trials (25 %), 4.00 trials/s, about 15 s left'],
    [{ secondsLeft: NaN }, 'toy: 20/80 trials (25 %), 4.00 trials/s'],
    [{ secondsLeft: 0.2 }, 'toy: 20/80 trials (25 %), 4.00 trials/s, less than a second left'],
    [{ failed: 2, censored: 1 }, 'toy: 20/80 trials (25 %), 4.00 trials/s, 2 failed, 1 censored, about 15 s left'],
    [{ likely: 4012 }, 'toy: 20 of likely 4000 trials (0 %), 4.00 trials/s, about 15 s left'],
    [{ likely: undefined, secondsLeft: NaN }, 'toy: 20 trials, more as results say, 4.00 trials/s'],
    [{ complete: true, done: 80, secondsLeft: 0 }, 'toy: 80/80 trials (100 %), 4.00 trials/s'],
  ])('%j', (change, text) => {
    expect(saying(() => studyProgress().update([{ ...PROGRESS, ...change }]))).toBe(`${text}\n`);
  });

  it('is silent before the first result of a short run', () => {
    expect(saying(() => studyProgress().update([{ ...PROGRESS, performed: 0 }]))).toBe('');
  });
});
