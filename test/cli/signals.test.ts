/** Every signal that ends a run says how it continues, also while the report is drawn. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { stopOnSignals } from '../../src/cli/signals.js';
import { StopLevel, StudyControl } from '../../src/pool/control.js';
import type * as Report from '../../src/report/report.js';
import type * as Run from '../../src/study/run/run.js';
import { readStudy } from '../../src/store/open.js';

class Exit extends Error {}

let ending: 'complete' | 'stopped' = 'complete';
let whileDrawn: () => void = () => undefined;

vi.mock('../../src/report/report.js', async (load) => ({
  ...(await load<typeof Report>()),
  writeReport: () => {
    whileDrawn();
    return Promise.resolve({ report: 'report.html', figures: [], problems: [] });
  },
}));
// What is tested comes after it.
vi.mock('../../src/study/run/run.js', async (load) => ({
  ...(await load<typeof Run>()),
  runStudy: () => Promise.resolve({ ending, experiments: [], seconds: 0 }),
}));

afterEach(() => {
  vi.restoreAllMocks();
  whileDrawn = () => undefined;
});

describe('stopOnSignals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s once: no new trials; twice: at once', (signal) => {
    const [control, said]: [StudyControl, string[]] = [new StudyControl(), []];
    const release = stopOnSignals(control, {
      say: (text) => {
        said.push(text);
      },
    });
    process.emit(signal);
    expect(control.level).toBe(StopLevel.finish);
    process.emit(signal);
    expect(control.level).toBe(StopLevel.abandon);
    release();
    expect([said, process.listenerCount(signal)]).toEqual([
      [expect.stringContaining('press Ctrl-C again'), 'basin: stopping at once'],
      0,
    ]);
  });
});

describe('a signal while the report is drawn', () => {
  /** What is said on stderr, and the exit code of the process. */
  async function interrupted(
    signal: NodeJS.Signals,
  ): Promise<{ readonly dir: string; readonly said: string; readonly code: number | undefined }> {
    const folder = mkdtempSync(join(tmpdir(), 'basin-test-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const [file, dir] = [join(folder, 'study.yaml'), join(folder, 'study')];
    writeFileSync(file, 'title: x\ngrid: {K: 1, d: 2, n: 5, iterations: 1}\ntrials: 1\nmeasures: [relativeError]\n');
    let code: number | undefined;
    vi.spyOn(process, 'exit').mockImplementation((given) => {
      code = Number(given);
      throw new Exit();
    });
    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    whileDrawn = () => {
      process.emit(signal);
    };
    const command = ['run', file, '--workers', '1', '--out', dir];
    vi.spyOn(process, 'argv', 'get').mockReturnValue([process.execPath, 'basin', ...command]);
    const program = await buildProgram(() => undefined);
    await expect(program.parseAsync(command, { from: 'user' })).rejects.toThrow(Exit);
    expect(process.listenerCount(signal)).toBe(0);
    return {
      dir,
      code,
      said: errors.mock.calls
        .map(([line]) => String(line))
        .join('')
        .trimEnd(),
    };
  }

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'that a signal has stopped says what continues the study (%s)',
    async (signal) => {
      ending = 'stopped';
      const { dir, code, said } = await interrupted(signal);
      expect(code).toBe(3);
      expect(said).toMatch(/^basin: stopped by a signal; this continues: basin [^\n]+$/);
      expect(said.endsWith(` --out ${dir}`)).toBe(true);
      readStudy(dir).close();
    },
  );

  it('of a complete study says what draws it', async () => {
    ending = 'complete';
    const { dir, code, said } = await interrupted('SIGTERM');
    expect([code, said]).toEqual([
      3,
      `basin: stopped by a signal while the report was drawn; every trial is stored, and this draws it: basin report ${dir}`,
    ]);
  });
});
