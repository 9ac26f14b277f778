/** A figure as PDF: one page of its size, lines and text as vectors, the bundled font inside. */
import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { FONT_FILES } from './font.js';

/** Points of print for a pixel of CSS. */
const POINTS = 72 / 96;
/** A fixed moment: equal figures give equal bytes. */
const MOMENT = new Date(0);

/** Throws when the SVG has no size. */
export async function figurePdf(svg: string, title: string): Promise<Uint8Array> {
  const [width, height] = sizeOf(svg);
  const [regular, bold] = FONT_FILES;
  const info = { Title: title, Producer: 'basin', Creator: 'basin', CreationDate: MOMENT, ModDate: MOMENT };
  const document = new PDFDocument({ size: [POINTS * width, POINTS * height], margin: 0, info, font: regular });
  const parts: Uint8Array[] = [];
  document.on('data', (part: Uint8Array) => parts.push(part));
  const ended = once(document, 'end');
  document.registerFont('regular', regular);
  document.registerFont('bold', bold);
  svgToPdf(document, svg, 0, 0, {
    width: POINTS * width,
    height: POINTS * height,
    fontCallback: (_family, isBold) => (isBold ? 'bold' : 'regular'),
  });
  document.end();
  await ended;
  return Buffer.concat(parts);
}

function sizeOf(svg: string): [number, number] {
  const number = (name: string): number => Number(new RegExp(`<svg[^>]* ${name}="([0-9.]+)"`).exec(svg)?.[1]);
  const size: [number, number] = [number('width'), number('height')];
  if (!size.every((one) => one > 0)) throw new Error('a figure without a size cannot become a PDF');
  return size;
}
