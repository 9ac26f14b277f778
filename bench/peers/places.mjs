/** Where `install.mjs` puts what the bench compares with: inside `out/`, which git ignores. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PEERS = join(import.meta.dirname, '..', '..', 'out', 'peers');
export const PYTHON_FOLDER = join(PEERS, 'venv');
export const INSTALLED_PYTHON = join(PYTHON_FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
export const NODE_FOLDER = join(PEERS, 'node');
/** The Python that has NumPy: the named one, the installed one, or the system's. */
export const PYTHON = process.env.PYTHON ?? (existsSync(INSTALLED_PYTHON) ? INSTALLED_PYTHON : 'python3');
