/** The recipes of CONTRIBUTING.md as what they say: which lines go where; and a copy of the tree to do them in. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');

/** Lines that go into a file, before the one line that holds an anchor; without an anchor they are a new file. */
export interface Step {
  readonly file: string;
  readonly anchor?: string | undefined;
  readonly lines: string;
}

/** A file, an anchor and the lines of a step; or a new file and its lines. The prose may be wrapped anywhere. */
const STEP = /(?:In\s+`([^`]+)`,\s+before\s+`([^`]+)`|New\s+file\s+`([^`]+)`):\n\n```\w+\n([\s\S]*?)^```$/gm;

export function recipeOf(title: string): readonly Step[] {
  const section = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
    .split(/^### /m)
    .find((text) => text.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`CONTRIBUTING.md has no recipe '${title}'`);
  return [...section.matchAll(STEP)].map(([, file, anchor, made, lines]) => ({ file: made ?? file, anchor, lines }));
}

/** Where in this tree a step cannot be done: a file that is not there or is there already, an anchor that is not once. */
export function misplaced({ file, anchor }: Step): string | undefined {
  const path = join(ROOT, file);
  if (anchor === undefined) return existsSync(path) ? `${file} is there already` : undefined;
  if (!existsSync(path)) return `${file} is not there`;
  return readFileSync(path, 'utf8').split(anchor).length === 2 ? undefined : `${file} must hold '${anchor}' once`;
}

export interface Told {
  readonly code: number | null;
  readonly said: string;
}

/** A copy of what is built and run; the packages are those of this tree. */
export class Copy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'basin-recipe-'));

  constructor(parts: readonly string[]) {
    for (const part of parts) cpSync(join(ROOT, part), join(this.#folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'));
  }

  do({ file, anchor, lines }: Step): void {
    const path = join(this.#folder, file);
    if (anchor === undefined) {
      writeFileSync(path, lines);
      return;
    }
    const text = readFileSync(path, 'utf8');
    const at = text.indexOf(anchor);
    if (at < 0 || text.includes(anchor, at + 1)) throw new Error(`${file} must hold '${anchor}' once`);
    const start = text.lastIndexOf('\n', at) + 1;
    writeFileSync(path, text.slice(0, start) + lines + text.slice(start));
  }

  path(file: string): string {
    return join(this.#folder, file);
  }

  /** A program of this tree's packages, or one of the copy. */
  run(program: string, ...args: readonly string[]): Told {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: this.#folder,
      encoding: 'utf8',
    });
    return { code: status, said: stdout + stderr };
  }

  /** One file of src/ into dist/, its types unread: `compile` takes ten times as long. */
  transpile(file: string): void {
    const { outputText } = ts.transpileModule(readFileSync(this.path(file), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(this.path(file.replace('src/', 'dist/').replace(/ts$/, 'js')), outputText);
  }

  compile(): Told {
    return this.run('node_modules/typescript/bin/tsc', '-p', '.');
  }

  basin(...args: readonly string[]): Told {
    return this.run('bin/basin.js', ...args);
  }

  buildAddon(): Told {
    return this.run('node_modules/node-gyp/bin/node-gyp.js', 'rebuild', '--jobs', '2');
  }

  tests(...files: readonly string[]): Told {
    return this.run('node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', '--no-cache', ...files);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
