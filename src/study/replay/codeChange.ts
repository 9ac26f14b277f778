/** What to do with changed code: refuse it, add new cells beside the old ones, or continue the old ones. */
export const CODE_CHANGES = ['refuse', 'new-version', 'same-version'] as const;
export type CodeChange = (typeof CODE_CHANGES)[number];
