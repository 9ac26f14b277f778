/** A figure of a page: inline, with its caption and its data inside the page. */
import type { DrawnFigure } from './figures.js';
import { FIGURE_KINDS, figureFile } from './files.js';
import { escapeHtml, toHtml } from './markup.js';

export function figureBlock(drawing: DrawnFigure | undefined): string {
  if (!drawing) return '';
  const { figure, drawn } = drawing;
  if (!drawn)
    return `<p class="notice" role="note">${toHtml(figure.title)}: ${escapeHtml(drawing.problem ?? 'nothing to draw yet')}.</p>`;
  const label = `${figure.name}-caption`;
  return `<figure>
<div class="picture" tabindex="0">${drawn.labelled.replace('<svg ', `<svg role="img" aria-labelledby="${label}" `)}</div>
<figcaption id="${label}">${toHtml([figure.caption, drawn.note].filter((part) => part !== '').join(' '))}</figcaption>
<p class="files">${dataLink(`${figure.name}.csv`, drawn.csv)} · in the study's folder: ${FIGURE_KINDS.map((kind) => `<code>${escapeHtml(figureFile(figure, kind))}</code>`).join(', ')}</p>
</figure>`;
}

/** The data travel with the page: a link to a file beside it would be dead in a mail. */
function dataLink(name: string, csv: string): string {
  return `<a download="${escapeHtml(name)}" href="data:text/csv;charset=utf-8;base64,${Buffer.from(csv).toString('base64')}">CSV</a>`;
}
