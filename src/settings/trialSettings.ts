import type { Settings, SettingValue, ValuesByName } from './types.js';

/** The settings that a trial and its cost depend on: those of the cell, and every setting with one value. */
export function trialSettings(values: ValuesByName, cell: Settings): Settings {
  const single = Object.entries(values).filter(
    (entry): entry is [string, SettingValue] => typeof entry[1] !== 'object',
  );
  return { ...Object.fromEntries(single), ...cell };
}
