export function partsOf(folder: string, test: string): string[];
