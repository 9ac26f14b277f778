/** What the workers of a run compute now, as the run tells its page. */
import { formatCount } from '../base/amounts.js';
import type { LeaseInHand } from '../pool/control.js';
import { escapeHtml } from '../report/markup.js';
import { formatAddress } from '../store/address.js';
import { cellLink } from './parts.js';

const TITLE = '<h2 class="now">Working on</h2>';

export class Working {
  /** when each running trial was seen first, ISO 8601 */
  #seen = new Map<string, string>();

  /**
   * The running trials and the number of leases that wait, as HTML; empty for none. `cellOf`: the text of a lease's
   * cell; undefined for one that the page does not know yet. `now`: ISO 8601
   */
  part(leases: readonly LeaseInHand[], cellOf: (lease: LeaseInHand) => string | undefined, now: string): string {
    const before = this.#seen;
    this.#seen = new Map();
    const items = leases.flatMap((lease) => {
      const { experiment, first, count, running } = lease;
      const cell = cellOf(lease);
      if (cell === undefined || running === undefined) return [];
      const address = formatAddress({ experiment, cell, trial: running });
      const seen = before.get(address) ?? now;
      this.#seen.set(address, seen);
      const place = count === 1 ? '' : `, number ${running - first + 1} of ${count} in its lease`;
      return `<li><a href="${cellLink(experiment, cell)}">${escapeHtml(address)}</a><span class="quiet">${place}, seen first <time class="age" datetime="${seen}">${seen}</time></span></li>`;
    });
    if (leases.length === 0) return '';
    const waiting = leases.length - items.length;
    const others =
      waiting === 0
        ? ''
        : `<p class="quiet">${formatCount(waiting, 'lease')} between two trials, or waiting for a worker.</p>`;
    return `${TITLE}\n<ul class="working">${items.join('')}</ul>${others}`;
  }
}
