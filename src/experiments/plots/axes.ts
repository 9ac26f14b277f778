/** What a plot is told. */
import type { Drawn } from '../spec.js';

/** A Vega-Lite spec or a part of one. */
export type Spec = Readonly<Record<string, unknown>>;

/** What every plot of y against x takes: fields of the rows, titles and axes. */
export interface Axes {
  readonly x: string;
  readonly y: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  readonly xZero?: boolean;
  readonly yZero?: boolean;
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** values of x and y marked by dashed lines across the plot */
  readonly xReference?: readonly number[];
  readonly yReference?: readonly number[];
}

export function usermeta(basin: Drawn): Spec {
  return { usermeta: { basin } };
}

export interface Series extends Axes {
  /** fields of the interval's ends; an end that is null, infinite or off a log axis is drawn as an arrow */
  readonly low: string;
  readonly high: string;
  /** field that tells the lines apart by colour and shape */
  readonly colour?: string;
  readonly colourTitle?: string;
  /** the values of that field in the order of the legend; default: ascending */
  readonly colourOrder?: readonly (string | number)[];
  /** whether the values of that field are numbers in an order, which the hues then follow */
  readonly colourOrdered?: boolean;
  /** draws a dashed line of this slope below the data; for two log axes */
  readonly guideSlope?: number;
}
