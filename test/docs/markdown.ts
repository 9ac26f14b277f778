/** What the pages claim in their code: commands, options and paths. Links are in scripts/site/markdown.mjs. */
import { FENCE, INLINE } from '../../scripts/site/markdown.mjs';

const captures = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]);

/** Lines of fenced blocks (continued lines joined, shell comments cut) and inline code spans. */
export function codePieces(markdown: string): string[] {
  const blocks = captures(markdown, FENCE).flatMap((block) => block.replace(/\\\n\s*/g, ' ').split('\n'));
  const spans = captures(markdown.replace(FENCE, ''), INLINE);
  return [...blocks.map((line) => line.replace(/(^|\s)# .*$/, '')), ...spans]
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** Without the files that recipes make: what they hold and are called is not there. */
export function withoutMadeFiles(markdown: string): string {
  return markdown.replace(/New\s+file\s+`[^`]+`:\n\n```\w+\n[\s\S]*?^```$/gm, '');
}

export function npmScripts(pieces: readonly string[]): string[] {
  return pieces.flatMap((piece) => captures(piece, /\bnpm (?:run )?((?<=run )[\w:-]+|start\b|test\b)/g));
}

/** Long options: `--step-size` of `[--step-size η|auto]`. What stands after ` -- ` is for another program. */
export function options(piece: string): string[] {
  return captures(piece.split(/(?:^|\s)-- /)[0], /(?<![\w-])(--[a-z][a-z-]*)/g);
}

export interface CommandUse {
  readonly command: string;
  readonly options: readonly string[];
}

/** `basin fit --x X.npy` and `node bin/basin.js fit --x X.npy`. */
export function commandUses(pieces: readonly string[]): CommandUse[] {
  return pieces.flatMap((piece) => {
    const [, command, rest] = /(?:^|\s|&& )(?:basin|node bin\/basin\.js) ([a-z][a-z-]*)(?=\s|$)(.*)/.exec(piece) ?? [];
    return command === undefined ? [] : [{ command, options: options(rest) }];
  });
}

const ROOTS = ['.ci', 'bench', 'bin', 'docs', 'native', 'scripts', 'src', 'test'];

/** Paths of the repository, where they are no patterns such as `docs/papers/<paper>.md`. */
export function repositoryPaths(pieces: readonly string[]): string[] {
  return pieces.filter((piece) => ROOTS.some((root) => piece.startsWith(`${root}/`)) && /^[\w./-]+$/.test(piece));
}
