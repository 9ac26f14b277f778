import type { LoggerInterface } from 'vega';

export interface StrictLog {
  readonly logger: LoggerInterface;
  /** Throws the first complaint, if any. */
  readonly check: () => void;
}

/**
 * A logger that treats warnings as errors, since a figure with a warning (unknown types, infinite extents, zeros on a
 * log axis) is misleading. Complaints are collected, because Vega swallows errors that are thrown during its data flow.
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
