/**
 * Tests wait for what they need to see, never for a time: what in a test file looks at a clock, sleeps or sets a limit.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const CLOCKS = ['setTimeout', 'setInterval', 'performance', 'Date', 'hrtime', 'waitUntil', 'waitFor', 'waitAsync'];
const LIMITS = ['timeout', 'testTimeout', 'hookTimeout', 'retry'];
const TESTS = ['it', 'test', 'describe', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'];

/** Files that may, what they use, and why. */
export const MAY_WAIT: Readonly<Record<string, { readonly uses: readonly string[]; readonly why: string }>> = {
  'until.ts': { uses: ['setTimeout'], why: 'the one place that looks again and again; it knows no limit' },
  'pool/clock.test.ts': { uses: ['performance'], why: "the system's clock, which a spy holds still" },
  'pool/fixtures/laboratory.mjs': {
    uses: ['Atomics.wait'],
    why: 'a trial that looks for the file of its gate; a thread at work hears no events',
  },
  'pool/fixtures/mortal.mjs': {
    uses: ['Atomics.wait'],
    why: 'the same, for a leader who waits until a helper has come; and a helper that never returns',
  },
  'architecture/waiting.test.ts': { uses: ['sleep'], why: 'what the rule must see' },
  'definitions/load.test.ts': {
    uses: ['Date', 'performance'],
    why: 'clocks throw while code of a user runs, and tell the time again after it',
  },
  'base/aside.test.ts': { uses: ['Date'], why: 'the time that a file was touched is set to yesterday' },
  'cluster/fixtures/poisoned.mjs': {
    uses: ['performance', 'setTimeout'],
    why: 'a whole worker of a queue, made as its command makes it',
  },
  'mutation/runner.mjs': { uses: ['setTimeout'], why: 'no test: a mutant that takes much longer is killed' },
  'mutation/undisturbed.mjs': {
    uses: ['performance'],
    why: 'no test: it measures what a test file takes without a mutant',
  },
  'mutation/warm.mjs': {
    uses: ['testTimeout', 'hookTimeout'],
    why: 'no test: like vitest.config.ts it ends only what hangs',
  },
  'torture/kills.mjs': { uses: ['performance', 'setTimeout'], why: 'no test: it kills at random moments' },
  'torture/torture.mjs': { uses: ['performance'], why: 'no test: it goes on for as many minutes as it is told' },
};

export interface TestFile {
  /** relative to test */
  readonly path: string;
  readonly text: string;
}

export function readTests(folder: string): TestFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js|sh|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file), text: readFileSync(file, 'utf8') }));
}

/** What waits by a time and may not. */
export function forbiddenWaits(files: readonly TestFile[]): string[] {
  return files.flatMap((file) => {
    const permission = MAY_WAIT[file.path] as { readonly uses: readonly string[] } | undefined;
    return waitsOf(file)
      .filter((name) => permission?.uses.includes(name) !== true)
      .map((name) => `${file.path} waits by ${name}`);
  });
}

function waitsOf({ path, text }: TestFile): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = waitOf(node);
    if (name !== undefined) found.add(name);
    ts.forEachChild(node, visit);
  };
  if (/\.(ts|mjs|js)$/.test(path)) visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  else if (sleeps(text)) found.add('sleep');
  return [...found];
}

/** What is permitted and not used. */
export function idlePermissions(files: readonly TestFile[]): string[] {
  return Object.entries(MAY_WAIT).flatMap(([path, { uses }]) => {
    const file = files.find((one) => one.path === path);
    const used = file === undefined ? [] : waitsOf(file);
    return uses.filter((name) => !used.includes(name)).map((name) => `${path} does not use ${name}`);
  });
}

function waitOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return CLOCKS.find((name) => name === node.text);
  if (ts.isPropertyAssignment(node)) return LIMITS.find((name) => name === node.name.getText());
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) return sleeps(node.text) ? 'sleep' : undefined;
  return ts.isCallExpression(node) ? waitOfCall(node) : undefined;
}

function waitOfCall({ expression, arguments: given }: ts.CallExpression): string | undefined {
  if (expression.getText() === 'Atomics.wait' && given.length > 3) return 'Atomics.wait';
  const last = given.at(-1);
  const isTest = TESTS.includes(expression.getText().split(/[.(]/)[0]);
  return isTest && given.length > 1 && last !== undefined && ts.isNumericLiteral(last)
    ? 'a limit of its own'
    : undefined;
}

function sleeps(text: string): boolean {
  return /\bsleep\s+[\d.$]/.test(text);
}
