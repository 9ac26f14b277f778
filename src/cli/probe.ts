/**
 * A separate program that app/machine/probing.ts runs as a child process. The printed lines and the way the process
 * ends show what works on this machine.
 */
import { tryEach } from '../app/machine/probe.js';
import { PROBE_STEPS } from '../app/machine/probing.js';
import { printRaw } from './raw.js';

const steps = process.argv.slice(2).flatMap((word) => PROBE_STEPS.filter((step) => step === word));

// A write to a pipe is immediate: the line has arrived when the next step kills the process.
await tryEach(steps, (line) => printRaw(`${JSON.stringify(line)}\n`));
