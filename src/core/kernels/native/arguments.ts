/** Leading arguments that exports of the addon share. */

/** samples, dimension, strides, rows, inputs, activation kind and its two parameters */
export type NetworkArguments = [number, number, number, number, Float64Array, number, number, number];
/** labels and loss */
export type LabelArguments = [Float64Array, number];
/** starts, weights, output weights */
export type PointArguments = [number, Float64Array, Float64Array];
/** trainOutput, step sizes, status, iterations of the starts of a descent */
export type MovedArguments = [boolean, Float64Array, Int32Array, Int32Array];
