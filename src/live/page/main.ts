/** The program of the live page: it listens to the server's events and draws what they say. */
import { colourAt, scaleOf, shortNumber, type Scale } from '../../report/cellMap/scale.js';
import { addColourSwitch } from '../../report/page/colours.js';
import type { CellMessage, GridMessage, Messages } from '../messages.js';
import { followAddress } from './detail.js';
import { element, replaceContent } from './elements.js';
import { TileMap } from './map.js';
import { choices, type Shown } from './shown.js';
import { followPoints } from './points.js';
import { CellTable } from './table.js';

const AGE_MILLISECONDS = 1000;

const experiment = document.body.dataset['experiment'] ?? '';
const select = element('shown', HTMLSelectElement);
const readout = element('cell', HTMLParagraphElement);
const connection = element('connection', HTMLParagraphElement);

let grid: GridMessage | undefined;
let cells: (CellMessage | undefined)[] = [];
let shown: readonly Shown[] = [];

const linkOf = (at: number): string => `#cell=${encodeURIComponent(`${experiment}/${grid?.cells[at]?.text ?? ''}`)}`;
const map = new TileMap(element('tiles', HTMLCanvasElement), describe, (at) => {
  location.hash = linkOf(at);
});
const table = new CellTable(linkOf);

function describe(at: number): void {
  const cell = cells[at];
  if (grid === undefined || cell === undefined) return;
  const numbers = grid.measures
    .map(({ name }, i) => `${name} ${cell.estimates[i]?.text ?? ''}`)
    .filter((_, i) => (cell.estimates[i]?.text ?? '') !== '');
  readout.textContent = [grid.cells[at].text, `${cell.done} of ${cell.planned} trials`, ...numbers].join(' · ');
}

function draw(): void {
  const chosen = shown[select.selectedIndex] as Shown | undefined;
  if (grid === undefined || chosen === undefined) return;
  element('map', HTMLElement).hidden = grid.cells.length === 0;
  const values = cells.flatMap((cell) => (cell === undefined || cell.done === 0 ? [] : (chosen.valueOf(cell) ?? [])));
  const scale = scaleOf(values);
  map.show({ grid, cells, shown: chosen, scale });
  table.show(grid, cells, chosen);
  drawScale(scale, values.length > 0);
}

function drawScale({ low, high }: Scale, isKnown: boolean): void {
  const target = element('scale', HTMLElement);
  target.hidden = !isKnown;
  if (!isKnown) return;
  const ramp = target.querySelector('canvas') ?? document.createElement('canvas');
  [ramp.width, ramp.height] = [100, 1];
  const context = ramp.getContext('2d');
  for (let i = 0; context !== null && i < ramp.width; i++) {
    context.fillStyle = colourAt(i / (ramp.width - 1));
    context.fillRect(i, 0, 1, 1);
  }
  target.replaceChildren(shortNumber(low), ramp, shortNumber(high));
}

function takeGrid(next: GridMessage): void {
  const before = select.value;
  grid = next;
  cells = [];
  shown = choices(next);
  select.replaceChildren(...shown.map(({ title }) => new Option(title, title)));
  if (shown.some(({ title }) => title === before)) select.value = before;
}

function listen(): void {
  const source = new EventSource(`/events?experiment=${encodeURIComponent(experiment)}`);
  const on = <Name extends keyof Messages>(name: Name, act: (message: Messages[Name]) => void): void => {
    source.addEventListener(name, (event: MessageEvent<string>) => act(JSON.parse(event.data) as Messages[Name]));
  };
  on('grid', takeGrid);
  on('cells', (changed) => {
    for (const cell of changed) cells[cell.at] = cell;
    draw();
  });
  on('parts', (parts) => {
    for (const [id, html] of Object.entries(parts)) replaceContent(element(id, HTMLElement), html);
    tellAges();
  });
  on('over', (why) => {
    source.close();
    say(why);
  });
  source.addEventListener('open', () => say(''));
  source.addEventListener('error', () => say('The connection to basin watch is lost. The page tries again.'));
}

function say(text: string): void {
  connection.hidden = text === '';
  connection.textContent = text;
}

/** `12 s ago` in place of moments. */
function tellAges(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time.age')) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
    time.textContent = `${ageText(seconds)} ago`;
  }
}

function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} days`;
}

for (const page of document.querySelectorAll('main')) addColourSwitch(page);
select.addEventListener('change', draw);
setInterval(tellAges, AGE_MILLISECONDS);
followAddress();
followPoints(
  element('figures', HTMLElement),
  (at) => grid?.cells[at]?.text ?? '',
  (at) => {
    location.hash = linkOf(at);
  },
);
listen();
