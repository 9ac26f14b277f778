/** A box beside a mark that says what the mark shows. */

/** Digits of a number. */
const DIGITS = 5;
/** Pixels from the place to the box. */
const AWAY = 14;

let box: HTMLElement | undefined;

/** `label`: as Vega writes it, `name: value; name: value`. Place in pixels of the window. */
export function showTip(label: string, x: number, y: number): void {
  box ??= newBox();
  box.hidden = false;
  box.replaceChildren(...label.split('; ').map(line));
  const { offsetWidth, offsetHeight } = box;
  box.style.left = `${Math.max(4, Math.min(x + AWAY, innerWidth - offsetWidth - 4))}px`;
  box.style.top = `${y + AWAY + offsetHeight > innerHeight ? y - AWAY - offsetHeight : y + AWAY}px`;
}

export function hideTip(): void {
  if (box !== undefined) box.hidden = true;
}

/** Screen readers read out what it says. */
function newBox(): HTMLElement {
  const made = document.createElement('div');
  made.className = 'tooltip';
  made.setAttribute('role', 'status');
  return document.body.appendChild(made);
}

function line(text: string): HTMLElement {
  const made = document.createElement('div');
  // The far end of a bar has the name of its field.
  const named = text.replace(/^\w*High: /, 'to: ');
  made.textContent = named.replace(/: ([−-]?[\d,]+\.?\d*(?:e[−-]?\d+)?)$/, (_, number: string) => `: ${short(number)}`);
  return made;
}

function short(text: string): string {
  const value = Number(text.replaceAll(',', '').replaceAll('−', '-'));
  return Number.isNaN(value) ? text : String(Number(value.toPrecision(DIGITS)));
}
