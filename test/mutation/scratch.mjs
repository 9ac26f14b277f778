// A copy of the tree, in which mutants live: the worktree itself is never touched.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Makes the copy: all files that git knows or would, the built program, the addon; the packages by a link. */
export function makeScratch(root) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-mutants-'));
  const known = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of [...known.split('\0').filter(Boolean), 'dist', 'build']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true, force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'tmp'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A file of src with this text, and what the compiler makes of it in dist. */
export function write(folder, path, code) {
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  writeFileSync(join(folder, path), code);
  writeFileSync(join(folder, built(path)), ts.transpileModule(code, { compilerOptions: options }).outputText);
}

const built = (path) => path.replace(/^src/, 'dist').replace(/\.ts$/, '.js');

/** A way back: the file in src and in dist as they were. */
export function kept(folder, path) {
  const files = [path, built(path)].map((name) => [join(folder, name), readFileSync(join(folder, name))]);
  return () => files.forEach(([file, bytes]) => writeFileSync(file, bytes));
}
