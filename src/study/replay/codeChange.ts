/** What is done with changed code: nothing, new cells beside the old, or the old ones go on. */
export const CODE_CHANGES = ['refuse', 'new-version', 'same-version'] as const;
export type CodeChange = (typeof CODE_CHANGES)[number];
