/** Names that processes leave behind which are no more. */
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { asidePath } from '../../src/base/aside.js';

/** A name aside as a process of this machine made it that has ended since. */
export function nameOfKilled(): string {
  const { pid } = spawnSync('true');
  return basename(asidePath('x')).replace(`-${process.pid}-`, `-${pid}-`);
}
