/** Labels of marks: what each shows, as Vega writes it into `aria-label` where a theme asks for it. */
import type { View } from 'vega';

/** The part of Vega's scene that is written here. */
interface Scene {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: readonly Scene[];
  aria?: boolean;
  description?: string | undefined;
}

/** Axes and legends, which a theme without labels hides from screen readers. */
const HIDDEN: readonly (string | undefined)[] = ['axis', 'legend'];

/** Leaves a view that was drawn with labels as if it had been drawn without them. */
export function removeLabels(view: View): void {
  const { root } = view.scenegraph() as unknown as { readonly root: Scene };
  removeIn(root);
}

function removeIn(mark: Scene): void {
  const { marktype, role, items = [] } = mark;
  if (HIDDEN.includes(role)) mark.aria = false;
  for (const item of items) {
    if (role === 'mark') item.description = undefined;
    if (marktype === 'group') for (const part of item.items ?? []) removeIn(part);
  }
}
