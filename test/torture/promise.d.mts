export function isValid(text: string): boolean;
export function runProblem(text: string, folder: string): Promise<string | undefined>;
export function mistakeProblem(file: {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}): string | undefined;
