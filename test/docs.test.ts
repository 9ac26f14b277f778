import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from '../scripts/site/markdown.mjs';
import { buildProgram } from '../src/cli/program.js';
import { codePieces, commandUses, npmScripts, options, repositoryPaths, withoutMadeFiles } from './docs/markdown.js';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));

const commands = new Map((await buildProgram(() => undefined)).commands.map((command) => [command.name(), command]));
const help = new Map(
  [...commands].map(([name, command]) => [
    name,
    new Set(
      command
        .createHelp()
        .visibleOptions(command)
        .flatMap((option) => option.long ?? []),
    ),
  ]),
);

function helpText(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}
const ownOptions = new Set(['--help', '--version', ...[...help.values()].flatMap((all) => [...all])]);

function unknownUses(markdown: string): string[] {
  return commandUses(codePieces(markdown)).flatMap((use) => {
    const known = help.get(use.command);
    if (known === undefined) return [`basin ${use.command}`];
    return use.options.filter((option) => !known.has(option)).map((option) => `basin ${use.command} ${option}`);
  });
}

function unknownOptions(markdown: string): string[] {
  const bare = codePieces(markdown).filter((piece) => piece.startsWith('--'));
  return bare.flatMap(options).filter((option) => !ownOptions.has(option));
}

function unknownScripts(markdown: string): string[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  return npmScripts(codePieces(markdown)).filter((name) => !(name in scripts));
}

const missingPaths = (markdown: string): string[] =>
  repositoryPaths(codePieces(markdown)).filter((path) => !existsSync(join(ROOT, path)));

describe('the pages tell the truth', () => {
  it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])('%s is there', (page) => {
    expect(pages).toContain(page);
  });

  describe.each(pages)('%s', (page) => {
    const markdown = withoutMadeFiles(read(page));
    it('links to what exists', () => {
      expect(brokenLinks(ROOT, page, markdown)).toEqual([]);
    });
    it('names commands, options and scripts that exist', () => {
      expect([...unknownUses(markdown), ...unknownOptions(markdown), ...unknownScripts(markdown)]).toEqual([]);
    });
    it.skipIf(page === 'CHANGELOG.md')('names files that exist', () => {
      expect(missingPaths(markdown)).toEqual([]);
    });
  });

  describe.each([...commands])('basin %s', (name, command) => {
    it('has a page with every option of its help', () => {
      const page = read(`docs/commands/${name}.md`);
      const named = new Set(codePieces(page).flatMap(options));
      expect([...(help.get(name) ?? [])].filter((option) => option !== '--help' && !named.has(option))).toEqual([]);
    });
    it('has help with an example that runs this command', () => {
      const example = helpText(command).split('Example')[1] ?? '';
      expect(commandUses(example.split('\n')).map((use) => use.command)).toContain(name);
      expect(unknownUses(`\`\`\`\n${example}\n\`\`\`\n`)).toEqual([]);
    });
  });
});

describe('these checks see what is wrong', () => {
  it.each([
    ['[x](docs/absent.md)', ['docs/absent.md']],
    ['[x](README.md#no-such-heading)', ['README.md#no-such-heading']],
    ['[x](README.md) [y](#basin) ![z](https://example.org/z.png) `[no](link.md)`', []],
  ])('links: %s', (markdown, broken) => {
    expect(brokenLinks(ROOT, 'README.md', markdown)).toEqual(broken);
  });

  it.each([
    ['`basin frobnicate`', ['basin frobnicate']],
    ['```sh\nbasin fit --x X.npy \\\n  --turbo  # faster\n```\n', ['basin fit --turbo']],
    ['`node bin/basin.js list --sigma 1`', ['basin list --sigma']],
    ['`basin fit --step-size auto`', []],
  ])('uses: %j', (markdown, unknown) => {
    expect(unknownUses(markdown)).toEqual(unknown);
  });

  it('options, scripts and paths', () => {
    expect(unknownOptions('`--turbo` and `--scale quick`')).toEqual(['--turbo']);
    expect(unknownScripts('`npm run frobnicate`, `npm test`, `npm start`, `npm run lint`')).toEqual(['frobnicate']);
    expect(missingPaths('`src/absent.ts`, `src/cli/program.ts`, `src/<room>/x.ts`')).toEqual(['src/absent.ts']);
  });
});
