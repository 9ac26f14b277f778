import { expect, it, vi } from 'vitest';
import { Pace } from '../../src/live/pace.js';
import { systemClock } from '../../src/pool/clock.js';

it('rests so long that the work takes its share of a core, and at least the least rest', async () => {
  let now = 100;
  vi.spyOn(systemClock, 'now').mockImplementation(() => now);
  const usage = vi.spyOn(process, 'cpuUsage');
  const work = async (pace: Pace, seconds: number): Promise<void> => {
    usage
      .mockReturnValueOnce({ user: 0, system: 0 })
      .mockReturnValueOnce({ user: 9e5 * seconds, system: 1e5 * seconds });
    await pace.spend(() => undefined);
  };
  const pace = new Pace({ share: () => 0.01, leastRest: 2 });
  expect(pace.due).toBe(true);
  await work(pace, 0.3);
  now += 29.9;
  expect(pace.due).toBe(false);
  now += 0.2;
  expect(pace.due).toBe(true);
  await work(pace, 0.001);
  now += 1.9;
  expect(pace.due).toBe(false);
  pace.hurry();
  expect(pace.due).toBe(true);
  vi.restoreAllMocks();
});
