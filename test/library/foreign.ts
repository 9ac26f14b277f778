/** A stored study whose trials another program made. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { STORE_FILE } from '../../src/store/found.js';

export function makeForeign(dir: string): void {
  const database = new Database(join(dir, STORE_FILE));
  database.exec("UPDATE origins SET origin = json_set(origin, '$.build', '0.0.1+other')");
  database.close();
}
