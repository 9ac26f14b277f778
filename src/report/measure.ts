import * as vega from 'vega';
import { textWidth } from './font.js';

/** The properties of a text mark that Vega passes to ask for a width; `limit` cuts longer text. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: unknown;
  readonly limit?: number;
}

interface TextMetrics {
  width: (item: TextItem, text: string | number | null | undefined) => number;
}

const DEFAULT_FONT_SIZE = 11;

/**
 * Makes Vega lay out text by the bundled font, also where a canvas package happens to be installed: the layout must not
 * depend on the machine. `textMetrics` is exported by Vega for this purpose but missing from its types.
 */
export function measureTextByFont(): void {
  const { textMetrics } = vega as unknown as { textMetrics: TextMetrics };
  textMetrics.width = (item, text) => {
    const width = textWidth(String(text ?? '').trim(), item.fontSize ?? DEFAULT_FONT_SIZE, item.fontWeight);
    return item.limit ? Math.min(width, item.limit) : width;
  };
}
