/** How far a distributed study is: from its store, and from the unit results that have come in. */
import type { UnitPlace } from './unitFile.js';

/** The units of one kind of place: where bits could differ, and how fast it is. */
export interface PlaceStatus {
  readonly host: string;
  readonly cpu: string;
  readonly blas: string;
  readonly vector: string;
  readonly units: number;
  /** of wall-clock time, summed over units */
  readonly seconds: number;
  /** seconds times workers per unit */
  readonly coreSecondsPerUnit: number;
}

/** By host and processor, most units first. */
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
