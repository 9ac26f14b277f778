/** The precision of gradients; `mixed`: float32 until rounding matters, then float64 to the end. */
export const PRECISIONS = ['float64', 'mixed'] as const;
export type Precision = (typeof PRECISIONS)[number];
