/** The program of report.html: tables that sort and filter, figures that tell their numbers. Without it all is there. */
import { tellNumbers } from './figures.js';
import { makeSortable } from './tables.js';

for (const table of document.querySelectorAll<HTMLTableElement>('.scroll > table')) makeSortable(table);
for (const picture of document.querySelectorAll<HTMLElement>('.picture')) tellNumbers(picture);
