export function walkAllocations(
  id: string,
  set: Readonly<Record<string, string>>,
): { readonly walked: number; readonly findings: readonly string[] };
