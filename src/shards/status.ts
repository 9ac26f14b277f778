/** The progress of a distributed study, from its store and from the unit results that have arrived. */
import type { UnitPlace } from './unitFile.js';

/** The units of one kind of place. Bits can differ between kinds of places, and so can the speed. */
export interface PlaceStatus {
  readonly host: string;
  readonly cpu: string;
  readonly blas: string;
  readonly vector: string;
  readonly units: number;
  /** wall-clock time, summed over units */
  readonly seconds: number;
  /** mean over units of seconds times workers */
  readonly coreSecondsPerUnit: number;
}

/** Grouped by host, processor, BLAS core and vector target, with most units first. */
export function placesOf(places: readonly UnitPlace[]): PlaceStatus[] {
  const groups = new Map<string, UnitPlace[]>();
  for (const place of places) {
    const key = JSON.stringify([place.host, place.cpu, place.blas, place.vector]);
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return Array.from(groups.values(), (own): PlaceStatus => {
    const [{ host, cpu, blas, vector }] = own;
    const sum = (value: (place: UnitPlace) => number): number => own.reduce((total, place) => total + value(place), 0);
    return {
      host,
      cpu,
      blas,
      vector,
      units: own.length,
      seconds: sum(({ seconds }) => seconds),
      coreSecondsPerUnit: sum(({ seconds, workers }) => seconds * workers) / own.length,
    };
  }).sort((a, b) => b.units - a.units);
}
