/** Tables sort by a click on a title, and show only the rows that contain what is typed. */
import { compare } from './order.js';

/** Fewer rows need no filter. */
const LEAST_ROWS = 8;

/** Gives a table buttons in its titles, and a filter before it when it is long. */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0] as HTMLTableSectionElement | undefined;
  const titles = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined || body.rows.length < 2) return;
  titles.forEach((title, at) => addButton(title, () => sortBy(title, titles, body, at)));
  if (body.rows.length >= LEAST_ROWS) addFilter(table, body);
}

function addButton(title: HTMLTableCellElement, act: () => void): void {
  if (title.textContent === '') return;
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...title.childNodes);
  button.addEventListener('click', act);
  title.replaceChildren(button);
}

/** Ascending, at the next click descending. Rows that are equal stay in their order. */
function sortBy(
  title: HTMLTableCellElement,
  titles: readonly HTMLTableCellElement[],
  body: HTMLTableSectionElement,
  at: number,
): void {
  const descending = title.getAttribute('aria-sort') === 'ascending';
  for (const other of titles) other.removeAttribute('aria-sort');
  title.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const sign = descending ? -1 : 1;
  const rows = [...body.rows].map((row) => ({ row, text: row.cells[at]?.textContent?.trim() ?? '' }));
  rows.sort((a, b) => sign * compare(a.text, b.text));
  body.append(...rows.map(({ row }) => row));
}

function addFilter(table: HTMLTableElement, body: HTMLTableSectionElement): void {
  const input = document.createElement('input');
  input.type = 'search';
  input.size = 20;
  const count = document.createElement('span');
  count.className = 'quiet';
  count.setAttribute('role', 'status');
  const label = document.createElement('label');
  label.append('Only rows with ', input);
  const line = document.createElement('p');
  line.className = 'controls';
  line.append(label, ' ', count);
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
  table.parentElement?.before(line);
}
