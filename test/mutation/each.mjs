// A setup file of vitest: what is entered from here on belongs to this test.
import { afterEach, beforeEach } from 'vitest';

beforeEach(({ task }) => globalThis.basinTest?.(task.id));
afterEach(() => globalThis.basinTest?.(''));
