/** Writes a file completely or not at all; all files of basin are written in this way. */
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from './errors.js';
import { asidePath, removeAside } from './aside.js';
import { closing } from './closing.js';
import { disk } from './disk.js';
import { fileError, fileErrorCode } from './fileError.js';
import { DescriptorSink, type Sink } from './sink.js';
import { targetOf, type Target } from './target.js';

/** The whole content, or a function that writes it piece by piece. */
export type Content = string | Uint8Array | ((sink: Sink) => void);

/**
 * Writes a file that appears complete or not at all. It is written under a temporary name that cannot be guessed, every
 * byte is counted, and it is synced to disk before it is renamed. An existing file stays when the new one cannot be
 * written, and the new one gives others no more rights. The target of a link is replaced, not the link. A pipe, a
 * character device or standard output (`-`) is written directly. Throws `InputError` when it cannot be written; errors
 * of `content` pass through.
 */
export function writeWhole(path: string, content: Content): void {
  const target = targetOf(path);
  if (target.kind === 'file') replaceFile(path, target, content);
  else writeThrough(path, target, content);
}

function replaceFile(path: string, { path: place, mode }: Extract<Target, { kind: 'file' }>, content: Content): void {
  const aside = asidePath(place);
  try {
    const descriptor = naming(path, () => disk().open(aside, 'wx', mode));
    closing(path, 'written', descriptor, () => {
      pour(new DescriptorSink(path, descriptor), content);
      naming(path, () => {
        disk().sync(descriptor);
      });
    });
    naming(path, () => {
      putInPlace(aside, place);
    });
  } catch (error) {
    removeAside(aside);
    throw error;
  }
}

/** Renames a temporary file to its name. The new name is on the disk when this returns. */
export function putInPlace(aside: string, place: string): void {
  disk().rename(aside, place);
  syncFolder(dirname(place));
}

function writeThrough(path: string, target: Exclude<Target, { kind: 'file' }>, content: Content): void {
  if (target.kind === 'stream') {
    const descriptor = naming(path, () => openStream(path, target.path));
    closing(path, 'written', descriptor, () => {
      pour(new DescriptorSink(path, descriptor), content);
    });
    return;
  }
  const sink = new DescriptorSink(path === '-' ? 'standard output' : path, target.descriptor);
  try {
    pour(sink, content);
  } catch (error) {
    // `basin export … --out - | head`: the reader has got enough.
    if (!sink.readerGone) throw error;
  }
}

/** A pipe without a reader is an error: opening it would wait for ever. */
function openStream(path: string, place: string): number {
  try {
    return disk().open(place, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if (fileErrorCode(error) === 'ENXIO')
      throw new InputError(`${path}: cannot be written: nobody reads this pipe; start its reader first`);
    throw error;
  }
}

function pour(sink: DescriptorSink, content: Content): void {
  if (typeof content === 'function') content(sink);
  else sink.write(content);
  sink.flush();
}

function naming<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw fileError(path, 'written', error);
  }
}

/**
 * Errors that are ignored: some file systems cannot sync a folder, and a folder without read permission cannot be
 * opened.
 */
const NO_FOLDER_SYNC = ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EACCES', 'EPERM', 'EISDIR', 'EBADF'];

function syncFolder(folder: string): void {
  try {
    const descriptor = disk().open(folder, 'r');
    closing(folder, 'written', descriptor, () => {
      disk().sync(descriptor);
    });
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(fileErrorCode(error) ?? '')) throw error;
  }
}
