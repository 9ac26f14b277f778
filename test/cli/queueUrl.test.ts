import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withoutSecrets } from '../../src/cli/given.js';
import { queueUrl } from '../../src/cli/queueUrl.js';
import { temporaryFolder } from '../study/toy.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the URL of a queue', () => {
  it('comes from the option, a file or the variable', () => {
    vi.stubEnv('BASIN_QUEUE', 'redis://variable');
    const file = join(temporaryFolder(), 'queue');
    writeFileSync(file, 'redis://file\r\nmore\n');
    expect(queueUrl({ queue: 'redis://option' })).toBe('redis://option');
    expect(queueUrl({ queueFile: file })).toBe('redis://file');
    expect(queueUrl({})).toBe('redis://variable');
  });

  it('is refused when it is given twice or not at all', () => {
    vi.stubEnv('BASIN_QUEUE', undefined);
    expect(() => queueUrl({})).toThrow(/--queue must be given, or --queue-file, or the variable BASIN_QUEUE/);
    expect(() => queueUrl({ queue: 'redis://a', queueFile: 'b' })).toThrow(
      /given once, got '--queue and --queue-file'/,
    );
    expect(() => queueUrl({ queueFile: '/nowhere/queue' })).toThrow(/cannot be read: no such file/);
  });

  it('is not kept with a command line', () => {
    const kept = ['submit', '--queue', '***', '--plan', 'p', '--queue=***'];
    expect(
      withoutSecrets(['submit', '--queue', 'redis://:secret@h', '--plan', 'p', '--queue=redis://:secret@h']),
    ).toEqual(kept);
    expect(withoutSecrets(['run', '--on-done', 'curl -u me:secret h'])).toEqual(['run', '--on-done', '***']);
  });
});
