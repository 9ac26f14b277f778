/** How gradients are made; `mixed`: in float32 until rounding matters, in float64 from there to the end. */
export const PRECISIONS = ['float64', 'mixed'] as const;
export type Precision = (typeof PRECISIONS)[number];
