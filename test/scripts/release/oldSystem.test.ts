/** Libraries of an old system, to link against: what is linked with them asks for nothing newer. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOld, symbolsOf, tooNew, writeOldLibraries } from '../../../scripts/release/oldSystem.mjs';
import { temporaryFolder } from '../../study/toy.js';

const hasTools = process.platform === 'linux' && spawnSync('readelf', ['--version']).status === 0;

describe('an old system', () => {
  it('has glibc 2.28 and the library of GCC 8', () => {
    for (const version of ['GLIBC_2.2.5', 'GLIBC_2.28', 'GLIBCXX_3.4.25', 'GCC_3.0'])
      expect(isOld(version), version).toBe(true);
    for (const version of ['GLIBC_2.29', 'GLIBC_2.34', 'GLIBCXX_3.4.26', 'GLIBC_PRIVATE', 'HWY_0', ''])
      expect(isOld(version), version).toBe(false);
  });

  it.runIf(hasTools)('is what a program linked with its libraries needs, and no newer', () => {
    const folder = temporaryFolder();
    const source = join(folder, 'part.c');
    writeFileSync(source, '#include <math.h>\ndouble part(double x) { return pow(x, log(x)); }\n');
    const compile = (out: string, libraries: readonly string[]): string => {
      const file = join(folder, out);
      const options = ['-shared', '-fPIC', '-nodefaultlibs', '-o', file, source, ...libraries];
      execFileSync('gcc', options);
      return file;
    };
    const here = compile('here.so', ['-lm', '-lc']);
    const old = compile('old.so', writeOldLibraries(join(folder, 'old'), { compiler: 'gcc', readelf: 'readelf' }));
    // On a machine whose own library is old both are; the list of what is too new is empty for the second in any case.
    expect(tooNew(old)).toEqual([]);
    expect(tooNew(here)).toEqual(
      symbolsOf(here)
        .filter(({ name, version }) => /^(pow|log)$/.test(name) && !isOld(version))
        .map(({ name, version }) => `${name}@${version}`),
    );
    expect(symbolsOf(old).map(({ name }) => name)).toEqual(expect.arrayContaining(['pow', 'log']));
  });
});
