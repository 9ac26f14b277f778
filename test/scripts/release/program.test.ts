/** The program of a package: joined modules that run, and the digest of the code that they still have. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { NAME, type programManifest } from '../../../scripts/release/manifest.mjs';
import { writePackage } from '../../../scripts/release/package.mjs';
import { ENTRIES as RELEASED, EXTERNAL } from '../../../scripts/release/program.mjs';
import { TARGETS } from '../../../scripts/release/targets.mjs';
import { codeOfProgram, ENTRIES } from '../../../src/study/provenance/build.js';
import { linkPackage, linkParts } from './installed.js';
import { scratchFolder } from '../../cli/basin.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const out = scratchFolder();
const checkout = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
let folders: readonly string[] = [];

beforeAll(async () => {
  folders = await writePackage(ROOT, out, { commit: 'c0ffee', targets: TARGETS });
  for (const name of Object.keys(manifest().dependencies)) linkPackage(out, name);
  linkParts(out);
});

const manifest = () =>
  JSON.parse(readFileSync(join(out, 'package.json'), 'utf8')) as ReturnType<typeof programManifest>;

function basin(...args: string[]) {
  const options = { cwd: out, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [join(out, 'bin', 'basin.js'), ...args], options);
}

const scripts = (): string[] =>
  readdirSync(join(out, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));

describe('the program of a package', () => {
  it('imports packages that stay packages and modules of Node, and no other', () => {
    const imported = scripts()
      .filter((file) => !file.startsWith('pages'))
      .flatMap((file) => [
        ...readFileSync(join(out, 'dist', file), 'utf8').matchAll(/^import[^'"]*?["']([^."'][^"']*)["'];?/gm),
      ])
      .map(([, name]) => name.replace(/^node:/, ''))
      .filter((name) => !builtinModules.includes(name) && !EXTERNAL.includes(name));
    expect(imported).toEqual([]);
    expect(folders.length).toBeGreaterThan(100);
    for (const name of EXTERNAL) expect(folders).not.toContain(`node_modules/${name}`);
  });

  it('has the modules that workers load as files of their own, so that the digest of the code covers them', () => {
    expect(RELEASED).toEqual(expect.arrayContaining(ENTRIES.map((entry) => entry.replace(/\.js$/, ''))));
    const { files, packages } = codeOfProgram(join(out, 'dist'));
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    expect(texts.some((text) => text.includes('must be prepared by the native kernels'))).toBe(true);
    expect(texts.some((text) => text.includes('booktabs'))).toBe(false);
    expect(packages).toContain('piscina');
    expect(files.length).toBeLessThan(scripts().length);
  });

  it('runs an experiment with figures, and knows the commit of its release', () => {
    const { status, stderr } = basin('reproduce', 'fu2018-fig3', '--scale', 'smoke', '--out', 'study');
    expect(status, stderr).toBe(0);
    expect(existsSync(join(out, 'study', 'figures', 'fu2018-fig3-error.png'))).toBe(true);
    const page = readFileSync(join(out, 'study', 'report.html'), 'utf8');
    expect(page).toContain('c0ffee');
    expect(basin('verify', 'study', '--sample', '3').stdout).toContain('3 identical, 0 differ');
  });

  it('says which command compiles parts that are missing', () => {
    const addon = join(out, 'build', 'Release', 'basin.node');
    renameSync(addon, `${addon}.away`);
    const { status, stderr } = basin('reproduce', 'fu2018-fig2', '--scale', 'smoke', '--out', 'none');
    renameSync(`${addon}.away`, addon);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `basin: basin.node is not built for ${process.platform}-${process.arch}: run \`node ${join(out, 'scripts', 'compile.mjs')}\`\n`,
    );
    expect(existsSync(join(out, 'none'))).toBe(false);
    expect(basin('--version').stdout).toBe(`${checkout.version}\n`);
  });
});

describe('a package', () => {
  it('has the declarations that the entries of the library need, and no others', () => {
    const files = readdirSync(join(out, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.d.ts'),
    );
    expect(files).not.toContain(join('cli', 'main.d.ts'));
    for (const file of files) {
      for (const [, path] of readFileSync(join(out, 'dist', file), 'utf8').matchAll(/from '(\.[^']+)\.js'/g))
        expect(existsSync(join(out, 'dist', dirname(file), `${path}.d.ts`)), `${file}: ${path}`).toBe(true);
    }
  });

  it('has a README of its own whose links lead to files of the package, and the sources that compile', () => {
    const readme = readFileSync(join(out, 'README.md'), 'utf8');
    expect(readme).toContain('npm install @basin-lab/basin');
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !existsSync(join(out, path)))).toEqual([]);
    expect(existsSync(join(out, 'native', 'runtime.cc'))).toBe(true);
    expect(existsSync(join(out, 'native', 'check'))).toBe(false);
  });

  it('names everybody whose code it has, with licences', () => {
    const notices = readFileSync(join(out, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    const { components } = JSON.parse(readFileSync(join(out, 'sbom.cdx.json'), 'utf8')) as {
      components: readonly { name: string; version: string; licenses: readonly object[] }[];
    };
    expect(components).toHaveLength(folders.length + 1);
    for (const { name, version, licenses } of components) {
      expect(notices).toContain(`## ${name} ${version}\n`);
      expect(licenses).toHaveLength(1);
    }
  });
});

describe('the manifest of a package', () => {
  it('asks for what the program does not contain, and leaves queues to those who use them', () => {
    const { name, gypfile, dependencies, peerDependencies, optionalDependencies } = manifest();
    expect(name).toBe(NAME);
    // npm would compile the package's binding.gyp by itself.
    expect(gypfile).toBe(false);
    expect(Object.keys(dependencies)).toEqual(['@resvg/resvg-js', 'esbuild', 'piscina']);
    expect(Object.keys(peerDependencies)).toEqual(['bullmq', 'ioredis', 'pg']);
    expect(Object.values(dependencies).every((version) => /\d/.test(String(version)))).toBe(true);
    expect(Object.keys(optionalDependencies)).toEqual(TARGETS.map((target) => `${NAME}-${target.name}`));
  });
});
