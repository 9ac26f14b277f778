/**
 * What pandas, polars and DuckDB make of an export: types, values to the bit, sizes of groups; and the examples of the
 * docs, to the letter.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { READERS_PYTHON, readersDue } from '../../scripts/setup/extras.mjs';
import { storedExperiment } from '../../src/experiments/registry.js';
import { exportStudy } from '../../src/export/export.js';
import { EXPORT_FORMATS } from '../../src/export/formats.js';
import { readStudy } from '../../src/store/open.js';
import { storeOwnStudy } from './ownStudy.js';

const SCRIPT = join(import.meta.dirname, '..', 'python', 'readers.py');
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'commands', 'export.md');
const PRESENT = existsSync(READERS_PYTHON) && !readersDue();

interface Facts {
  readonly rows: number;
  readonly kinds: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, readonly (string | null)[]>>;
  readonly missing: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Found = Readonly<Record<'pandas' | 'polars' | 'duckdb', Readonly<Record<string, Facts>>>> & {
  readonly examples: readonly unknown[][][];
};

const CASES = (['pandas', 'polars', 'duckdb'] as const).flatMap((reader) =>
  EXPORT_FORMATS.map((format) => [reader, format] as const),
);

it.runIf(process.env['CI'] !== undefined)(
  'pandas, polars and DuckDB are installed: node scripts/setup.mjs --tests',
  () => {
    expect(PRESENT).toBe(true);
  },
);

it.skipIf(PRESENT)(
  'left out, without pandas, polars and DuckDB: node scripts/setup.mjs --tests installs them',
  () => undefined,
);

describe.runIf(PRESENT)('an export as other programs read it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-readers-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  let stored: ReturnType<typeof storeOwnStudy> = [];
  let found: Found;

  beforeAll(() => {
    const dir = join(folder, 'study');
    stored = storeOwnStudy(dir);
    const store = readStudy(dir);
    for (const format of EXPORT_FORMATS) {
      exportStudy(store, {
        what: 'trials',
        format,
        file: join(folder, `trials.${format}`),
        all: false,
        experimentOf: storedExperiment,
      });
    }
    store.close();
    const { status, stdout, stderr } = spawnSync(READERS_PYTHON, [SCRIPT, folder, PAGE], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    found = JSON.parse(stdout) as Found;
  });

  it.each(CASES)('%s, %s: a group-by of every axis has every row', (reader, format) => {
    const { rows, groups } = found[reader][format];
    expect(rows).toBe(256);
    expect(groups).toEqual({
      inputs: { gaussian: 128, laplace: 128 },
      n: { 30: 128, 60: 128 },
      stepSize: { auto: 128, 0.5: 128 },
      trainOutput: { no: 128, yes: 128 },
      start: { sphere: 128, gaussian: 128 },
    });
  });

  it.each(CASES)('%s, %s: integers are integers, doubles doubles, words words', (reader, format) => {
    const { kinds } = found[reader][format];
    const of = (kind: string): string[] =>
      Object.keys(kinds)
        .filter((name) => kinds[name] === kind)
        .sort();
    expect(of('integer')).toEqual([
      'settings.K',
      'settings.d',
      'settings.iterations',
      'settings.n',
      'settings.starts',
      'trial',
    ]);
    expect(of('boolean')).toEqual(['current']);
    // JSON has null for each of its infinities, and a column of nulls has no type.
    expect(new Set([...of('double'), ...(format === 'json' ? ['measures.finalLoss'] : [])])).toEqual(
      new Set([
        'measures.estimationError',
        'measures.finalLoss',
        'measures.gradientNorm',
        'measures.iterations',
        'measures.recovered',
        'measures.sdN',
        'seconds',
        'settings.noise',
        'settings.radius',
        'settings.sameMinimum',
        'settings.stepFactor',
        'settings.teacherScale',
        'settings.tolerance',
        'settings.within',
      ]),
    );
  });

  it.each(CASES)(
    '%s, %s: measures keep every bit, infinities too, and what is missing is missing',
    (reader, format) => {
      const { measures, missing } = found[reader][format];
      for (const name of ['recovered', 'estimationError', 'finalLoss', 'gradientNorm', 'iterations', 'sdN']) {
        expect(measures[`measures.${name}`], name).toEqual(stored.map((row) => bitsOf(row?.[name], format === 'json')));
      }
      expect(missing).toMatchObject({
        address: 0,
        'settings.radius': 128,
        'settings.startScale': 128,
        error: 224,
        build: 0,
        'settings.inputs': 0,
      });
    },
  );

  it('by the examples of the docs', () => {
    const rates: unknown[][] = [];
    for (const inputs of ['gaussian', 'laplace'])
      for (const n of [30, 60]) rates.push([inputs, n, expect.closeTo(3 / 7, 12), 56]);
    expect(found.examples).toEqual([rates, rates, rates]);
  });
});

/** The bytes of a double; null for what a format says as missing. */
function bitsOf(value: number | undefined, isJson: boolean): string | null {
  if (value === undefined || Number.isNaN(value) || (isJson && !Number.isFinite(value))) return null;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}
