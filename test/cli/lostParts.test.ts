/** What throws while a study is judged and drawn costs that part alone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { stateClaim } from '../../src/experiments/claims.js';
import { fu2018Fig2 } from '../../src/experiments/papers/fu2018/fig2.js';
import type { Experiment } from '../../src/experiments/spec.js';
import { StudyControl } from '../../src/pool/control.js';
import { openStudy } from '../../src/store/open.js';
import { runStudy } from '../../src/study/run/run.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { WORKER } from '../study/toy.js';

const dir = mkdtempSync(join(tmpdir(), 'basin-test-'));

beforeAll(async () => {
  const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
  const values = resolveValues(fu2018Fig2, 'smoke', new Map());
  await runStudy({
    store,
    experiments: [gridOf({ experiment: fu2018Fig2, values }, 1)],
    workers: 1,
    control: new StudyControl(),
    worker: WORKER,
    laboratory: new URL('../../dist/pool/laboratory.js', import.meta.url),
  });
  store.close();
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

interface Written {
  readonly code: number;
  readonly errors: string;
  readonly text: string;
}

interface Reported extends Omit<Written, 'text'> {
  readonly page: string;
  readonly document: {
    readonly experiments: readonly { readonly claims: readonly object[]; readonly figures: readonly string[] }[];
  };
}

type Parts = Partial<Pick<Experiment, 'claims' | 'figures' | 'findings' | 'measures'>>;

/** `basin report` with a flag while parts of the experiment are replaced. */
async function written(parts: Parts, flag: string): Promise<Written> {
  const original = { ...fu2018Fig2 };
  onTestFinished(() => {
    for (const part of Object.keys(parts)) Reflect.deleteProperty(fu2018Fig2, part);
    Object.assign(fu2018Fig2, original);
  });
  Object.assign(fu2018Fig2, parts);
  const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  let code = 0;
  const program = await buildProgram((value) => {
    code = value;
  });
  await program.parseAsync(['report', dir, flag], { from: 'user' });
  const said = ({ mock }: typeof errors): string => mock.calls.map(([text]) => String(text)).join('');
  return { code, errors: said(errors).trimEnd(), text: said(printed) };
}

async function report(parts: Parts): Promise<Reported> {
  const { text, ...said } = await written(parts, '--json');
  return {
    ...said,
    page: readFileSync(join(dir, 'report.html'), 'utf8'),
    document: JSON.parse(text) as Reported['document'],
  };
}

function broken(): never {
  throw new RangeError('x must be finite, got -Infinity');
}

it('nothing: exit code 0', async () => {
  const { code, errors, document } = await report({});
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(document.experiments[0].figures).toHaveLength(1);
});

it('a claim is undecided with its error, and nothing else is lost', async () => {
  const claims: Experiment['claims'] = (...given) => [
    stateClaim({ id: 'a', statement: 's', source: 't' }, broken, { low: 0, high: 1 }),
    ...fu2018Fig2Claims(...given),
  ];
  const fu2018Fig2Claims = fu2018Fig2.claims;
  const {
    code,
    page,
    errors,
    document: {
      experiments: [{ claims: judged, figures }],
    },
  } = await report({ claims });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(judged).toMatchObject([
    { id: 'a', verdict: 'undecided', reason: 'it cannot be computed: x must be finite, got -Infinity', value: null },
    { id: 'rho-positive', verdict: 'holds' },
  ]);
  expect(figures).toHaveLength(1);
  expect(page).toContain('x must be finite');
});

it.each(['figures', 'claims', 'findings'] as const)(
  '%s: the rest is written, the problem named, exit code 4',
  async (part) => {
    const {
      code,
      page,
      errors,
      document: {
        experiments: [{ claims, figures }],
      },
    } = await report({ [part]: broken });
    expect(code).toBe(4);
    expect(errors).toBe(`basin: fu2018-fig2: its ${part} cannot be made: x must be finite, got -Infinity`);
    expect(page).toContain(`its ${part} cannot be made`);
    expect([claims.length, figures.length]).toEqual([part === 'claims' ? 0 : 1, part === 'figures' ? 0 : 1]);
  },
);

it('the ADEMP form names the problem too, and has the same exit code', async () => {
  const { code, errors, text } = await written({ claims: broken }, '--ademp');
  expect(code).toBe(4);
  expect(errors).toBe('basin: fu2018-fig2: its claims cannot be made: x must be finite, got -Infinity');
  expect(text).toContain('## Aims');
});

it('a figure: the others are drawn, the problem named, exit code 4', async () => {
  const { figures } = fu2018Fig2;
  const {
    code,
    page,
    errors,
    document: {
      experiments: [{ claims, figures: drawn }],
    },
  } = await report({ figures: (...given) => [broken, ...figures(...given), broken] });
  expect(code).toBe(4);
  expect(errors).toBe(
    [1, 3]
      .map((at) => `basin: fu2018-fig2: its figure ${at} cannot be made: x must be finite, got -Infinity`)
      .join('\n'),
  );
  expect(page).toContain('its figure 3 cannot be made');
  expect([claims.length, drawn.length]).toEqual([1, 1]);
});

it('a measure: its cells are unknown, the claim on it undecided', async () => {
  const {
    code,
    errors,
    document: {
      experiments: [{ claims, figures }],
    },
  } = await report({ measures: fu2018Fig2.measures.map((measure) => ({ ...measure, estimate: broken })) });
  expect(code).toBe(4);
  expect(errors).toContain('basin: fu2018-fig2: sigma=1: rho: x must be finite, got -Infinity');
  expect(claims).toMatchObject([{ verdict: 'undecided' }]);
  expect(figures).toHaveLength(0);
});
