/** The report of a study as files: report.html and, beside it, every figure as SVG, PNG, CSV and Vega-Lite spec. */
import { join } from 'node:path';
import { ensureWritableDirectory } from '../base/directory.js';
import { writeWhole } from '../base/whole.js';
import type { Figure } from '../experiments/spec.js';
import type { ReportContent } from './content.js';
import { hasData } from './fields.js';
import { renderFigure, type DrawnFigure } from './figures.js';
import {
  FIGURE_FOLDER,
  FIGURE_KINDS,
  figureFile,
  figurePaths,
  REPORT_FILE,
  TABLE_FOLDER,
  type FigureKind,
} from './files.js';
import { latexTables } from './latexTables.js';
import { reportPage } from './html.js';

export interface WrittenReport {
  /** path of report.html */
  readonly report: string;
  /** paths of the figures' files, those of one figure together */
  readonly figures: readonly string[];
  /** paths of the PDFs and LaTeX tables that were asked for */
  readonly prints: readonly string[];
  /** figures that could not be drawn, a line each; the report names them too and has all other parts */
  readonly problems: readonly string[];
}

/** What is written beside the page and the usual files of figures. */
export interface ReportForms {
  /** dots in an inch of the PNGs */
  readonly dpi?: number | undefined;
  /** every figure as PDF */
  readonly pdf?: boolean;
  /** every table of the page as LaTeX */
  readonly latex?: boolean;
}

/**
 * Writes the report into a study's folder. Equal content gives equal bytes. Files are replaced one by one, each as a
 * whole. The page comes last, so that its links are valid.
 */
export async function writeReport(
  directory: string,
  content: ReportContent,
  { dpi, pdf = false, latex = false }: ReportForms = {},
): Promise<WrittenReport> {
  const figures = content.experiments.flatMap((experiment) => experiment.figures);
  checkNames(figures);
  const drawn = await drawAll(figures, dpi);
  ensureWritableDirectory(directory);
  if (drawn.some((one) => one.drawn !== undefined)) ensureWritableDirectory(join(directory, FIGURE_FOLDER));
  for (const one of drawn) writeFigure(directory, one);
  const report = join(directory, REPORT_FILE);
  writeWhole(report, reportPage(content, drawn, await pageProgram()));
  const problems = drawn.flatMap(({ problem }) => problem ?? []);
  return {
    report,
    problems,
    figures: drawn.flatMap((one) => (one.drawn ? figurePaths(directory, one.figure) : [])),
    prints: [...(pdf ? await writePdfs(directory, drawn) : []), ...(latex ? writeTables(directory, content) : [])],
  };
}

async function drawAll(figures: readonly Figure[], dpi: number | undefined): Promise<DrawnFigure[]> {
  const drawn: DrawnFigure[] = [];
  for (const figure of figures) drawn.push(hasData(figure) ? await draw(figure, dpi) : { figure });
  return drawn;
}

/** A figure that fails must not prevent the report of hours of computing. */
async function draw(figure: Figure, dpi: number | undefined): Promise<DrawnFigure> {
  try {
    return { figure, drawn: await renderFigure(figure, dpi) };
  } catch (error) {
    return { figure, problem: error instanceof Error ? error.message : String(error) };
  }
}

function writeFigure(directory: string, { figure, drawn }: DrawnFigure): void {
  if (!drawn) return;
  const contents: Record<FigureKind, string | Uint8Array> = {
    svg: drawn.svg,
    png: drawn.png,
    csv: drawn.csv,
    'vl.json': `${JSON.stringify(drawn.spec, null, 2)}\n`,
  };
  for (const kind of FIGURE_KINDS) writeWhole(join(directory, figureFile(figure, kind)), contents[kind]);
}

/** The program of the page. */
async function pageProgram(): Promise<string> {
  // esbuild is loaded only where a page is written.
  const { browserScript } = await import('./script.js');
  return browserScript('report');
}

/** A PDF of each figure, beside its other files. */
async function writePdfs(directory: string, figures: readonly DrawnFigure[]): Promise<string[]> {
  // pdfkit takes a quarter of a second to load.
  const { figurePdf } = await import('./pdf.js');
  const paths: string[] = [];
  for (const { figure, drawn } of figures) {
    if (drawn === undefined) continue;
    const path = join(directory, FIGURE_FOLDER, `${figure.name}.pdf`);
    writeWhole(path, await figurePdf(drawn.svg, figure.title));
    paths.push(path);
  }
  return paths;
}

/** Results, claims and findings of each experiment as LaTeX. */
function writeTables(directory: string, content: ReportContent): string[] {
  ensureWritableDirectory(join(directory, TABLE_FOLDER));
  return latexTables(content).map(({ name, text }) => {
    const path = join(directory, TABLE_FOLDER, `${name}.tex`);
    writeWhole(path, text);
    return path;
  });
}

/** A name is a file name and an SVG id; two equal ones would overwrite each other. */
function checkNames(figures: readonly Figure[]): void {
  const seen = new Set<string>();
  for (const { name } of figures) {
    if (!/^[a-z][a-z0-9-]*$/i.test(name))
      throw new Error(`figure name must be letters, digits and hyphens, got '${name}'`);
    if (seen.has(name)) throw new Error(`two figures have the name ${name}`);
    seen.add(name);
  }
}
