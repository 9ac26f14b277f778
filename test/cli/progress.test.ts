import { expect, it, vi } from 'vitest';
import { countProgress } from '../../src/cli/progress.js';

function shown(quietSeconds: number): string {
  const parts: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  try {
    const progress = countProgress('compare', 'cells', quietSeconds);
    progress.update(0, 2);
    progress.update(2, 2);
    progress.end();
  } finally {
    write.mockRestore();
  }
  return parts.join('');
}

it('progress of short work is not shown', () => {
  expect(shown(3600)).toBe('');
  expect(shown(0)).toBe('compare: 0/2 cells\ncompare: 2/2 cells\n');
});
