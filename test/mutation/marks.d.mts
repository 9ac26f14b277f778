export function nameOf(path: string, inFunction: number): string;
export function marked(path: string, code: string): string;
