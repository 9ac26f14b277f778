/** What is open is closed, whatever becomes of its use. */
import { disk } from './disk.js';
import { fileError } from './fileError.js';

/**
 * Uses an open file and closes it in any case. A failure to close is one of `action` ('read', 'written'), unless there
 * was one before: the first is the one to report.
 */
export function closing<T>(path: string, action: string, descriptor: number, use: () => T): T {
  const result = useOrClose(descriptor, use);
  try {
    disk().close(descriptor);
  } catch (error) {
    throw fileError(path, action, error);
  }
  return result;
}

function useOrClose<T>(descriptor: number, use: () => T): T {
  try {
    return use();
  } catch (error) {
    try {
      disk().close(descriptor);
    } catch {
      // What failed before is told.
    }
    throw error;
  }
}
