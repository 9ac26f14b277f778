/** A self-contained HTML page. */
import { escapeHtml } from './markup.js';
import { STYLE } from './style.js';

/** Parts that are empty are left out; `style` comes after the style of every page. */
export function htmlPage(title: string, body: readonly string[], style = ''): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – basin</title>
<style>${STYLE}${style}</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}
