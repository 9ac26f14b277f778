/** The one way in which basin writes a file: whole, or not at all. */
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
 * Writes a file that appears whole or not at all: aside under a name that cannot be guessed, every byte counted, on the
 * disk before it is renamed. A file that is there stays as it is when the new one cannot be written, and the new one is
 * not more open to others. The target of a link is replaced, not the link. A pipe, a character device or standard
 * output (`-`) is written through. Throws `InputError` when it cannot be written; what `content` throws passes.
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

/** Gives what was written aside its name. The new name is on the disk when this returns. */
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
    // `basin export … --out - | head`: who reads has what they wanted.
    if (!sink.readerGone) throw error;
  }
}

/** A pipe that nobody reads is an error: opening it would wait for ever. */
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

/** File systems that cannot sync a folder say so; folders that may be written and not be read cannot be opened. */
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
