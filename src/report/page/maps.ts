/** Maps of cells show the measure that is chosen; the choices hold its colours and texts. */

export function chooseMeasure(map: HTMLElement): void {
  const select = map.querySelector('select');
  const line = map.querySelector<HTMLElement>('.controls');
  if (select === null || line === null) return;
  const tiles = [...map.querySelectorAll<SVGGElement>('.role-mark > [aria-label]')];
  line.hidden = false;
  select.addEventListener('change', () => {
    const { text, dataset } = select.selectedOptions[0];
    const { low = '', high = '', colours = '', texts = '' } = dataset;
    const [fills, words] = [colours.split(','), texts.split(';')];
    tiles.forEach((tile, at) => {
      const told = (tile.getAttribute('aria-label') ?? '').split('; ');
      // Settings, the measure, and the trials.
      told[told.length - 2] = `${text}: ${words[at]}`;
      tile.setAttribute('aria-label', told.join('; '));
      for (const filled of tile.querySelectorAll('.filled')) setFill(filled, fills[at]);
    });
    map.querySelector('.picture > svg')?.setAttribute('aria-label', `Map of the cells: ${text}`);
    for (const [place, shown] of Object.entries({ title: text, low, high })) {
      const target = map.querySelector(`.scale .${place}`);
      if (target !== null) target.textContent = shown;
    }
  });
}

/** Without a colour the style sheet's holds. */
function setFill(tile: Element, colour: string): void {
  if (colour === '') tile.removeAttribute('fill');
  else tile.setAttribute('fill', colour);
}
