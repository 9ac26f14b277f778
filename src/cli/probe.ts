/**
 * A program of its own: app/machine/probing.ts runs it as a child, and learns from the lines that it prints and from
 * how it ends what works on this machine.
 */
import { tryEach } from '../app/machine/probe.js';
import { PROBE_STEPS } from '../app/machine/probing.js';
import { printRaw } from './raw.js';

const steps = process.argv.slice(2).flatMap((word) => PROBE_STEPS.filter((step) => step === word));

// Through a pipe this writes at once: it is there when the next step kills the process.
await tryEach(steps, (line) => printRaw(`${JSON.stringify(line)}\n`));
