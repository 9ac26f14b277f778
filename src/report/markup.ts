/**
 * Escaping, and the markup of titles, captions and statements: `_n` after a symbol is a subscript, `^(−1/2)` a
 * superscript.
 */

const SUBSCRIPT = /(?<=(?<![\p{L}\p{M}\d_])[\p{L}\p{M}]{1,3}|[‖|)])_(\p{L}|\d{1,2}|max|min)(?![\p{L}\d_])/gu;

const SUPERSCRIPT = /(?<=[\p{L}\p{M}\d)‖])\^(?:\(([^()]{1,12})\)|(\p{L}|[−-]?\d{1,3})(?![\p{L}\d]))/gu;

const ZERO_WIDTH_SPACE = '\u200B';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** Text as HTML: escaped, with its subscripts and superscripts. */
export function toHtml(text: string): string {
  return escapeHtml(text).replace(SUBSCRIPT, '<sub>$1</sub>').replace(SUPERSCRIPT, '<sup>$1$2</sup>');
}

/** Sets the subscripts in the texts of an SVG. Moved by `dy`: Firefox has no `baseline-shift`. */
export function setScripts(svg: string): string {
  return svg.replace(/(?<=>)[^<]+(?=<\/(?:text|tspan)>)/g, (text) =>
    text
      .split(SUBSCRIPT)
      .map((part, i) => {
        if (i % 2 === 1) return `<tspan dy="0.25em" font-size="75%">${part}</tspan>`;
        return i === 0 ? part : raised(part);
      })
      .join(''),
  );
}

/**
 * Back to the baseline: 0.25 em of the smaller font is 0.1875 em of this one. An empty text would not move the next
 * line.
 */
function raised(text: string): string {
  return `<tspan dy="-0.1875em">${text === '' ? ZERO_WIDTH_SPACE : text}</tspan>`;
}
