import { expect, it, vi } from 'vitest';
import { systemClock } from '../../src/pool/clock.js';

it("the system's clock ticks every so many seconds until it is ended", () => {
  vi.useFakeTimers();
  try {
    let ticks = 0;
    const end = systemClock.every(2, () => {
      ticks += 1;
    });
    const after = (milliseconds: number): number => {
      vi.advanceTimersByTime(milliseconds);
      return ticks;
    };
    expect([after(1999), after(1), after(1999), after(1)]).toEqual([0, 1, 1, 2]);
    end();
    expect(after(10_000)).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

it('counts in seconds', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(2500);
  try {
    expect(systemClock.now()).toBe(2.5);
  } finally {
    clock.mockRestore();
  }
});
