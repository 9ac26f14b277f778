/** The rate at which memory of some size is read: the C library's search for a byte that is not there. */

/**
 * GB/s of each reading of `bytes` bytes that are read again and again, so that small ones come from a cache.
 * @param {(call: () => void) => number} secondsOf how a call is timed
 */
export function readRate(bytes, secondsOf) {
  const block = Buffer.alloc(bytes, 1);
  return bytes / secondsOf(() => block.indexOf(0)) / 1e9;
}
