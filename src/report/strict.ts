import type { LoggerInterface } from 'vega';

export interface StrictLog {
  readonly logger: LoggerInterface;
  /** Throws the first complaint, if any. */
  readonly check: () => void;
}

/**
 * A logger for which a warning is an error: what Vega warns of (unknown types, infinite extents, zeros on a log axis)
 * is a figure that misleads. Complaints are collected, because Vega swallows what is thrown while data flows.
 */
export function strictLog(subject: string): StrictLog {
  const complaints: string[] = [];
  // closures, not methods: Vega calls them with its own `this`
  const complain = (...parts: readonly unknown[]): LoggerInterface => {
    complaints.push(parts.map(String).join(' '));
    return logger;
  };
  const ignore = (): LoggerInterface => logger;
  function level(): number;
  function level(_: number): LoggerInterface;
  function level(wanted?: number): number | LoggerInterface {
    return wanted === undefined ? 0 : logger;
  }
  const logger: LoggerInterface = { level, error: complain, warn: complain, info: ignore, debug: ignore };
  return { logger, check: () => throwFirst(subject, complaints) };
}

function throwFirst(subject: string, complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(`${subject}: ${complaints[0]}`);
}
