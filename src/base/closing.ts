/** Closes an open file after its use, also when the use fails. */
import { disk } from './disk.js';
import { fileError } from './fileError.js';

/**
 * Uses an open file and closes it in any case. A failure to close is one of `action` ('read', 'written'), unless the
 * use failed before: the first failure is reported.
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
      // The earlier failure is reported.
    }
    throw error;
  }
}
