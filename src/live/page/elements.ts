/** The elements of the page, which the server has written. */

export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}

/** Replaces the content of an element; what had the focus in it has the focus again. */
export function replaceContent(target: HTMLElement, html: string): void {
  const places = (): HTMLElement[] => [...target.querySelectorAll<HTMLElement>('a, summary, [tabindex]')];
  const focused = places().findIndex((place) => place === document.activeElement);
  target.innerHTML = html;
  if (focused >= 0) places()[focused]?.focus({ preventScroll: true });
}

export function textElement(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}
