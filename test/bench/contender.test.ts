import { afterEach, describe, expect, it } from 'vitest';
import { startContender } from '../../bench/peers/contender.mjs';

/** A contender that answers each request with what the request says. */
const ECHO = `
  console.log(JSON.stringify({ contenders: ['echo'], unset: process.env.BASIN_TEST_UNSET ?? null, blasThreads: process.env.OPENBLAS_NUM_THREADS }));
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { answer, die } = JSON.parse(line);
    if (die) process.exit(0);
    console.log(JSON.stringify(answer));
  });
`;

let stop = (): void => undefined;
async function startEcho(unset: string[] = []) {
  const contender = await startContender([process.execPath, '-e', ECHO], unset);
  stop = contender.stop;
  return contender;
}
afterEach(() => stop());

describe('a contender', () => {
  it('greets with what it is, has one BLAS thread, and answers in order', async () => {
    const contender = await startEcho();
    expect(contender).toMatchObject({ contenders: ['echo'], blasThreads: '1' });
    for (const seconds of [1, 2, 3])
      await expect(contender.ask({ answer: { seconds, threads: 1 } })).resolves.toEqual({ seconds, threads: 1 });
  });

  it('does not see the variables that it must not', async () => {
    process.env['BASIN_TEST_UNSET'] = 'set';
    try {
      expect(await startEcho()).toMatchObject({ unset: 'set' });
      stop();
      expect(await startEcho(['BASIN_TEST_UNSET'])).toMatchObject({ unset: null });
    } finally {
      delete process.env['BASIN_TEST_UNSET'];
    }
  });

  it('is refused when it keeps two threads busy', async () => {
    const contender = await startEcho();
    await expect(
      contender.ask({ contender: 'echo', workload: 'A', answer: { seconds: 1, threads: 1.9 } }),
    ).rejects.toThrow('echo kept 1.90 threads busy on A: one is allowed');
  });

  it('that ends, or cannot be started, is an error', async () => {
    const contender = await startEcho();
    await expect(contender.ask({ die: true })).rejects.toThrow('ended without an answer');
    await expect(startContender(['/no/such/program'])).rejects.toThrow('ENOENT');
  });
});
