export function entered(said: string): Map<string, Set<string>>;
