/** The trials behind a cell of the map, and one trial with its curves and commands, as HTML. */
import { InputError } from '../base/errors.js';
import { quoted } from '../base/quoted.js';
import { formatNumber, formatSeconds } from '../base/amounts.js';
import type { Figure } from '../experiments/spec.js';
import { htmlTable } from '../report/htmlTable.js';
import { escapeHtml } from '../report/markup.js';
import { named, numeric } from '../report/table.js';
import { formatAddress, parseAddress } from '../store/address.js';
import type { StoredExperiment } from '../store/identity.js';
import type { StoredCell, StudyReader } from '../store/reader.js';
import type { StoredTrial } from '../store/trials.js';
import { endsHtml, spectrumFigure } from './ends.js';
import { cellLink, endsLink, trialLink } from './parts.js';
import type { LiveSource } from './source.js';

/** Trials that are listed together. */
const PAGE = 50;
/** Points of a curve that a picture can show. */
const MOST_POINTS = 800;

interface Place {
  readonly stored: StoredExperiment;
  readonly cell: StoredCell;
}

/** The trials of a cell, from one on. `text` is `ID/CELL`. Throws `InputError` for a cell that is not stored. */
export function cellHtml(source: LiveSource, text: string, from: number): string {
  const first = Number.isSafeInteger(from) && from > 0 ? from : 0;
  const { store } = source;
  const place = placeOf(store, `${text}#${first}`);
  const listed: StoredTrial[] = [];
  let more = false;
  for (const trial of store.trials(place.cell, first)) {
    more = listed.length === PAGE;
    if (more) break;
    listed.push(trial);
  }
  const { id } = place.stored;
  const { text: cell } = place.cell;
  const last = listed.at(-1);
  const links = [
    first > 0 ? `<a href="${cellLink(id, cell, Math.max(0, first - PAGE))}">Earlier trials</a>` : '',
    more && last !== undefined ? `<a href="${cellLink(id, cell, last.trial + 1)}">Later trials</a>` : '',
  ].filter((link) => link !== '');
  const body = listed.length === 0 ? '<p>No trial is stored yet.</p>' : trialTable(id, cell, listed);
  return `<h3>${escapeHtml(`${id}/${cell}`)}</h3>\n${closing()}\n${body}\n${links.length === 0 ? '' : `<p>${links.join(' · ')}</p>`}`;
}

function trialTable(experiment: string, cell: string, trials: readonly StoredTrial[]): string {
  const names = [...new Set(trials.flatMap(({ measures }) => Object.keys(measures)))];
  const head = ['address', 'status', 'time', ...names, 'error'].map(
    (name) => `<th scope="col">${escapeHtml(name)}</th>`,
  );
  const rows = trials.map(({ trial, status, seconds, measures, error }) => {
    const address = formatAddress({ experiment, cell, trial });
    const numbers = names.map((name) => `<td class="right">${numberText(measures[name])}</td>`);
    return `<tr><td><a href="${trialLink(address)}">${escapeHtml(address)}</a></td><td>${status}</td><td class="right">${formatSeconds(seconds)}</td>${numbers.join('')}<td>${escapeHtml(error ?? '')}</td></tr>`;
  });
  return `<div class="scroll"><table class="trials"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** Seconds that a trial may have taken for the page to run it again. */
const MOST_SECONDS = 5;

/**
 * One trial: results, curves and the commands that work on it; with a start, also where that start ended. Throws
 * `InputError` for one that is not stored.
 */
export function trialHtml(source: LiveSource, text: string, start?: number): string {
  const { store } = source;
  const { stored, cell } = placeOf(store, text);
  const { trial: number } = parseAddress(text);
  const trial = store.trial(cell, number);
  if (trial === undefined) throw new InputError(`trial ${text} is not stored`);
  const address = formatAddress({ experiment: stored.id, cell: cell.text, trial: number });
  const drawing = source.drawing(stored, cell.text, number);
  const replay = `basin replay ${quoted(store.dir)} ${quoted(address)}`;
  const measures = Object.entries(trial.measures).map(([name, value]) => [name, numberText(value)]);
  return [
    `<h3>${escapeHtml(address)}</h3>`,
    closing(),
    `<p>${trial.status}, ${formatSeconds(trial.seconds)}. <a href="${cellLink(stored.id, cell.text)}">All trials of this cell</a></p>`,
    trial.error === null ? '' : `<p class="notice">${escapeHtml(trial.error)}</p>`,
    measures.length === 0
      ? ''
      : htmlTable(
          { columns: [named('measure'), numeric('value')], rows: measures },
          { name: 'values', rowHeaders: true },
        ),
    command('Run it again and compare bit by bit', replay),
    command('Open it: training set, teacher, starts, ends and curves as files', `${replay} --arrays trial-${number}`),
    drawing === undefined ? '' : command('Draw its planted problem as files, without a descent', drawing),
    ...curveFigures(source, { stored, cell }, address),
    drawing === undefined && stored.code === undefined
      ? ''
      : endsPart(source, { address, seconds: trial.seconds }, start),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

interface TimedTrial {
  readonly address: string;
  readonly seconds: number;
}

/** The ends of a trial, or the link that has them computed. Only a short trial is run again here. */
function endsPart(source: LiveSource, { address, seconds }: TimedTrial, start: number | undefined): string {
  if (!(seconds <= MOST_SECONDS))
    return '<p class="quiet">Its end is not shown here: to run it again takes too long for this page.</p>';
  if (start === undefined)
    return `<p><a href="${endsLink(address)}">W beside W*, and the spectrum of the Hessian</a> <span class="quiet">(runs the trial again here: about ${formatSeconds(seconds)})</span></p>`;
  try {
    return endsHtml(address, source.endsOf(address), start);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `<p class="notice">${escapeHtml(error.message)}</p>`;
  }
}

/** The spectrum at the end of a start as a picture; undefined where there is none. */
export async function spectrumSvg(source: LiveSource, text: string, start: number): Promise<string | undefined> {
  const { cell } = placeOf(source.store, text);
  const trial = source.store.trial(cell, parseAddress(text).trial);
  if (trial === undefined || !(trial.seconds <= MOST_SECONDS)) return undefined;
  const spectrum = source.endsOf(text).spectrum(start);
  if (typeof spectrum === 'string') return undefined;
  const { drawFigure } = await import('../report/figures.js');
  return (await drawFigure(spectrumFigure(spectrum))).svg;
}

function command(what: string, line: string): string {
  return `<p>${what}:</p>\n<pre>${escapeHtml(line)}</pre>`;
}

function closing(): string {
  return '<p><a href="#map">Close</a></p>';
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : formatNumber(value);
}

function placeOf(store: StudyReader, text: string): Place {
  const address = parseAddress(text);
  const stored = store.experiments().find(({ id }) => id === address.experiment);
  const cell = store.cells(address.experiment).find((one) => one.text === address.cell);
  if (stored === undefined || cell === undefined)
    throw new InputError(`${address.experiment}/${address.cell} is no cell of this study`);
  return { stored, cell };
}

function curveFigures(source: LiveSource, { stored, cell }: Place, address: string): string[] {
  const curves = source.store.curves(cell, parseAddress(address).trial);
  const axis = axisName(source, stored, curves);
  return Object.keys(curves)
    .filter((name) => name !== axis)
    .map((name) => {
      const query = escapeHtml(new URLSearchParams({ address, name }).toString());
      return `<figure><img src="/curve.svg?${query}" width="560" height="370" alt="${escapeHtml(name)}"></figure>`;
    });
}

/** The curve that holds the points at which the others were recorded; undefined: no curve does. */
function axisName(
  { experimentOf }: LiveSource,
  stored: StoredExperiment,
  curves: Readonly<Record<string, Float64Array>>,
): string | undefined {
  return experimentOf(stored).curves?.find(({ at }) => Object.hasOwn(curves, at))?.at;
}

/** A stored curve of a trial as a picture; undefined where there is none of this name. */
export async function curveSvg(source: LiveSource, text: string, name: string): Promise<string | undefined> {
  const { stored, cell } = placeOf(source.store, text);
  const curves = source.store.curves(cell, parseAddress(text).trial);
  const values = Object.hasOwn(curves, name) ? curves[name] : undefined;
  if (values === undefined) return undefined;
  const axis = axisName(source, stored, curves);
  const points = axis === undefined ? undefined : { name: axis, values: curves[axis] };
  const { drawFigure } = await import('../report/figures.js');
  return (await drawFigure(curveFigure(name, values, points))).svg;
}

interface NamedCurve {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * The values of a curve over the points at which they were recorded, or over their places in the curve; on a logarithmic
 * axis where all are above 0.
 */
export function curveFigure(name: string, values: Float64Array, points?: NamedCurve): Figure {
  const step = Math.ceil(values.length / MOST_POINTS);
  const known = points?.values.length === values.length ? points : undefined;
  const rows = Array.from(values, (value, index) => ({ at: known?.values[index] ?? index, value })).filter(
    (_, index) => index % step === 0,
  );
  const isPositive = rows.every(({ value }) => value > 0 && Number.isFinite(value));
  const scale = isPositive ? { type: 'log' } : { zero: false };
  return {
    name: 'curve',
    title: name,
    caption: '',
    rows,
    spec: {
      mark: { type: 'line' },
      encoding: {
        x: { field: 'at', type: 'quantitative', title: known?.name ?? 'recorded point' },
        y: { field: 'value', type: 'quantitative', title: name, scale },
      },
    },
  };
}
