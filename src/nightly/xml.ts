/** Writes XML 1.0 of elements, attributes and text, for arbitrary text. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Characters that XML 1.0 cannot express. */
// eslint-disable-next-line no-control-regex -- these are what it is about
const IMPOSSIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Text for content and attributes; impossible characters become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(IMPOSSIBLE, '\uFFFD').replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character]);
}

export type Attributes = Readonly<Record<string, string | number>>;

/** `content` is XML; without any the element is empty. */
export function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const start = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(String(value))}"`),
  ].join(' ');
  return content.length === 0 ? `<${start}/>` : `<${start}>${content.join('')}</${name}>`;
}
