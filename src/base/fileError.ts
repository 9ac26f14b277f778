/** A failed file operation as one line that a user can act on. */
import { InputError } from './errors.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open: raise ulimit -n',
  ENFILE: 'too many files are open on this machine',
  EPIPE: 'its reader has gone',
  EBADF: 'it is not open for writing',
  EIO: 'the device reports an error',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** `path: cannot be …: why` for a failed file operation; other errors pass through. */
export function fileError(path: string, action: string, error: unknown): unknown {
  const code = fileErrorCode(error);
  return code === undefined ? error : new InputError(`${path}: cannot be ${action}: ${REASONS[code] ?? code}`);
}

/** The same for any other failed operation of the system: `what: why`; undefined for other errors. */
export function systemProblem(error: unknown): string | undefined {
  const reason = REASONS[fileErrorCode(error) ?? ''];
  if (reason === undefined || !(error instanceof Error && 'syscall' in error)) return undefined;
  return `${'path' in error ? String(error.path) : String(error.syscall)}: ${reason}`;
}

/** `ENOSPC` and the like; undefined for other errors. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
