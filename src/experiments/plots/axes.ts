/** The inputs of a plot. */
import type { Drawn } from '../drawn.js';

/** A Vega-Lite spec or a part of one. */
export type Spec = Readonly<Record<string, unknown>>;

/** Inputs of every plot of y against x: fields of the rows, titles and axes. */
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
  /** name of the scale of y in Vega, where the plot is a part of another one; default: `y` */
  readonly yScale?: string;
  /** values of x and y that dashed lines across the plot mark */
  readonly xReference?: readonly number[];
  readonly yReference?: readonly number[];
}

export function usermeta(basin: Drawn): Spec {
  return { usermeta: { basin } };
}

export interface Series extends Axes {
  /** fields of the interval's ends; an end that is null, infinite or not on the log axis is drawn as an arrow */
  readonly low: string;
  readonly high: string;
  /** field that distinguishes the lines by colour and shape */
  readonly colour?: string;
  readonly colourTitle?: string;
  /** the values of that field in the order of the legend; default: ascending */
  readonly colourOrder?: readonly (string | number)[];
  /** the slope of a dashed line below the data, for two log axes */
  readonly guideSlope?: number;
}
