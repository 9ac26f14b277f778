import { cpus } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { collectProvenance, commitsBetween, programCommit } from '../../../src/study/provenance/provenance.js';

const openblas = { config: 'OpenBLAS 0.3.21', core: 'Zen', coreFound: 'Zen', threads: 1, parallel: 'pthread' } as const;
const SOURCES = {
  basinVersion: '0.1.0',
  build: '0.1.0+aa',
  native: { addonVersion: '1', compiler: 'gcc', openblas, vectorTarget: 'AVX2' },
  commandLine: ['run', '--seed', '1'],
};

describe('where results came from', () => {
  it('is the program, the machine and the command', () => {
    vi.stubEnv('OPENBLAS_NUM_THREADS', '1');
    const provenance = collectProvenance(SOURCES);
    const { basinVersion, ...rest } = SOURCES;
    expect(provenance).toMatchObject({
      ...rest,
      basin: basinVersion,
      commit: programCommit(),
      node: process.versions.node,
      v8: process.versions.v8,
      cores: cpus().length,
      openblasThreads: '1',
      system: expect.stringMatching(new RegExp(`^${process.platform} \\S+ ${process.arch}$`)) as string,
    });
    expect(provenance['cpu']).toBe(cpus()[0].model);
    vi.stubEnv('OPENBLAS_NUM_THREADS', undefined);
    expect(collectProvenance(SOURCES)['openblasThreads']).toBe('not set');
    vi.unstubAllEnvs();
  });

  it('names a commit, or says that there is none', () => {
    expect(programCommit()).toMatch(/^([0-9a-f]{40}(-dirty)?|unknown)$/);
    vi.stubEnv('PATH', '/nowhere');
    expect(programCommit()).toBe('unknown');
    expect(commitsBetween('a'.repeat(40), 'b'.repeat(40))).toBeUndefined();
    vi.unstubAllEnvs();
  });

  it.skipIf(programCommit() === 'unknown')('names the commits between two of the checkout', () => {
    const head = programCommit();
    const commit = head.replace('-dirty', '');
    expect(commitsBetween(commit, head)).toEqual({ count: 0, newest: [] });
  });

  it.each([
    ['unknown', 'a'.repeat(40)],
    ['0'.repeat(40), '1'.repeat(40)],
    ['--output=stolen', 'HEAD'],
    ['HEAD', 'HEAD'],
  ])('does not name commits from %s to %s', (from, to) => {
    expect(commitsBetween(from, to)).toBeUndefined();
  });
});
