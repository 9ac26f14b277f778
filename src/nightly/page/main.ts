/** The program of nightly.html: dark mode. Without it all is there. */
import { addColourSwitch } from '../../report/page/colours.js';

for (const page of document.querySelectorAll('main')) addColourSwitch(page);
