/**
 * The values of options that several commands share. A definition checks them while the command line is
 * read, so that a mistake loads no command: this file must load quickly.
 */
import { PRECISIONS, type Precision } from '../core/descent/precisions.js';
import { MOST_PARTITIONS } from '../core/kernels/partitions.js';
import { MOST_WORKERS } from '../pool/workers.js';
import { SCALES, type Scale } from '../settings/scale.js';
import { MOST_TRIALS } from '../settings/trials.js';
import { parseBytes, parseChoice, parseDuration, parseInteger, parseNumber } from './options.js';

export const parseScale = (text: string): Scale => parseChoice('--scale', text, SCALES);
export const parsePrecision = (text: string): Precision => parseChoice('--precision', text, PRECISIONS);
export const parseSeed = (text: string): number => parseInteger('--seed', text, 0, Number.MAX_SAFE_INTEGER);
/** The number of trials of every cell. */
export const parseTrials = (text: string): number => parseInteger('--trials', text, 1, MOST_TRIALS);
export const parseWorkerCount = (text: string): number => parseInteger('--workers', text, 1, MOST_WORKERS);
/** Dots in an inch of a picture. */
export const parseDpi = (text: string): number => parseInteger('--dpi', text, 30, 2400);
export const parsePartitions = (text: string): number => parseInteger('--partitions', text, 1, MOST_PARTITIONS);
export const parseBudget = (text: string): number => parseDuration('--budget', text);
export const parseTrialTime = (text: string): number => parseDuration('--trial-time', text);
export const parseTrialMemory = (text: string): number => parseBytes('--trial-memory', text);
/** `0` (no pilot) or a duration. */
export const parsePilot = (text: string): number => (text === '0' ? 0 : parseDuration('--pilot', text));
export const parseUnit = (text: string): number => parseDuration('--unit', text);

/** Where `--until` lets a run go on, and the core seconds of `--most`. */
export const parseUntil = (text: string): string => parseChoice('--until', text, ['decided']);
export const parseMost = (text: string): number => parseDuration('--most', text);
/** The number of rounds of nights that are kept. */
export const parseKeep = (text: string): number => parseInteger('--keep', text, 1, 1e6);
export const parseTrial = (text: string): number => parseInteger('--trial', text, 0, 2 ** 32 - 1);
export const parsePort = (text: string): number => parseInteger('--port', text, 0, 65_535);
export const parseLevel = (text: string): number =>
  parseNumber('--level', text, 'a number above 0 and below 1', (level) => level > 0 && level < 1);
/** Options of several machines. */
export const parseShards = (text: string): number => parseInteger('--shards', text, 1, 1e6);
export const parseRounds = (text: string): number => parseInteger('--rounds', text, 1, 1000);
export const parseSettle = (text: string): number => parseDuration('--settle', text);
export const parsePoll = (text: string): number => parseDuration('--poll', text);
export const parseLock = (text: string): number => parseDuration('--lock', text);
export const parseIdle = (text: string): number => parseDuration('--idle', text);

/** The parser of an option or argument whose text is checked and stays as typed. */
export function checked(check: (text: string) => unknown): (text: string) => string {
  return (text) => {
    check(text);
    return text;
  };
}

/** The same for an argument that may be repeated. */
export function eachChecked(
  check: (text: string) => unknown,
): (text: string, others?: readonly string[]) => readonly string[] {
  return (text, others = []) => {
    check(text);
    return [...others, text];
  };
}
