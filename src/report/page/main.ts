/** The program of report.html: tables that sort and filter, figures that tell their numbers, dark mode. Without it all is there. */
import { addColourSwitch } from './colours.js';
import { filterByLegend } from './legend.js';
import { chooseMeasure } from './maps.js';
import { tellNumbers } from './marks.js';
import { makeSortable } from './tables.js';

for (const page of document.querySelectorAll<HTMLElement>('main')) addColourSwitch(page);
for (const map of document.querySelectorAll<HTMLElement>('.cellmap')) chooseMeasure(map);
for (const table of document.querySelectorAll<HTMLTableElement>('.scroll > table')) makeSortable(table);
for (const picture of document.querySelectorAll<HTMLElement>('.picture')) {
  tellNumbers(picture);
  filterByLegend(picture);
}
