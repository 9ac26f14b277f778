/** A self-contained HTML page. */
import { createHash } from 'node:crypto';
import { escapeHtml } from './markup.js';
import { STYLE } from './style.js';

export interface PageParts {
  /** comes after the style of every page */
  readonly style?: string;
  /** the page's own program; it must be complete without it */
  readonly script?: string;
}

/** Parts that are empty are left out. Nothing is loaded from anywhere, and no other script than the given one runs. */
export function htmlPage(title: string, body: readonly string[], { style = '', script = '' }: PageParts = {}): string {
  const program = script === '' ? '' : `<script>${script}</script>\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<title>${escapeHtml(title)} – basin</title>
<style>${STYLE}${style}</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
${program}</body>
</html>
`;
}

function policy(script: string): string {
  const digest = createHash('sha256').update(script).digest('base64');
  const own = script === '' ? "'none'" : `'sha256-${digest}'`;
  return `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${own}`;
}
