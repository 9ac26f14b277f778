/** Where `install.mjs` puts what the bench compares with: inside `out/`, which git ignores. */
import { join } from 'node:path';

const PEERS = join(import.meta.dirname, '..', '..', 'out', 'peers');
export const PYTHON_FOLDER = join(PEERS, 'venv');
export const INSTALLED_PYTHON = join(PYTHON_FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
export const NODE_FOLDER = join(PEERS, 'node');
