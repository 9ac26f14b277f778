/** Tables sort by a click on a title, or on cards by a choice, and show only the rows that contain what is typed. */
import { compare } from './order.js';

/** Fewer rows need no filter. */
const LEAST_ROWS = 8;

interface Sorted {
  readonly body: HTMLTableSectionElement;
  readonly titles: readonly HTMLTableCellElement[];
}

/** Gives a table buttons in its titles, a choice of the order for cards, and a filter before it when it is long. */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0] as HTMLTableSectionElement | undefined;
  const titles = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined || body.rows.length < 2) return;
  const sorted = { body, titles };
  titles.forEach((_, at) => addButton(sorted, at));
  const line = document.createElement('p');
  line.className = `controls ${table.className}`;
  line.append(sorterOf(sorted));
  if (body.rows.length >= LEAST_ROWS) line.append(...filterOf(body));
  table.parentElement?.before(line);
}

function addButton(sorted: Sorted, at: number): void {
  const title = sorted.titles[at];
  if (title.textContent === '') return;
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...title.childNodes);
  button.addEventListener('click', () => sortBy(sorted, at, title.getAttribute('aria-sort') === 'ascending'));
  title.replaceChildren(button);
}

/** Rows that are equal stay in their order. */
function sortBy({ body, titles }: Sorted, at: number, descending: boolean): void {
  for (const other of titles) other.removeAttribute('aria-sort');
  titles[at].setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const sign = descending ? -1 : 1;
  const rows = [...body.rows].map((row) => ({ row, text: row.cells[at]?.textContent?.trim() ?? '' }));
  rows.sort((a, b) => sign * compare(a.text, b.text));
  body.append(...rows.map(({ row }) => row));
}

/** The same order as a choice: cards show no titles to click. The style sheet hides it where there are titles. */
function sorterOf(sorted: Sorted): HTMLLabelElement {
  const select = document.createElement('select');
  select.append(new Option('as given', ''));
  sorted.titles.forEach(({ textContent }, at) => {
    if (textContent === null || textContent === '') return;
    select.append(
      new Option(`${textContent} ▲`, `${at} ascending`),
      new Option(`${textContent} ▼`, `${at} descending`),
    );
  });
  const came = [...sorted.body.rows];
  select.addEventListener('change', () => {
    const [at, direction] = select.value.split(' ');
    if (at === '') sorted.body.append(...came);
    else sortBy(sorted, Number(at), direction === 'descending');
  });
  const label = labelled('Sorted ', select);
  label.className = 'sorter';
  return label;
}

function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  const label = document.createElement('label');
  label.append(text, control);
  return label;
}

function filterOf(body: HTMLTableSectionElement): HTMLElement[] {
  const input = document.createElement('input');
  input.type = 'search';
  input.size = 20;
  const count = document.createElement('span');
  count.className = 'quiet';
  count.setAttribute('role', 'status');
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const text = row.textContent?.toLowerCase() ?? '';
      row.hidden = !words.every((word) => text.includes(word));
      shown += Number(!row.hidden);
    }
    count.textContent = words.length === 0 ? '' : `${shown} of ${body.rows.length} rows`;
  });
  return [labelled('Only rows with ', input), count];
}
