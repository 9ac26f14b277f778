/** Arrays that a user's trial hands out in addition to its measures. */
import type { Keeper } from '../experiments/keeper.js';
import { BREACH } from './guard.js';
import type { OwnContext } from './own.js';

/** The permitted names of a file. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

function isShape(shape: unknown): boolean {
  return Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
}

/** Checks the arrays even if nobody requests them: a trial must not fail only in a replay. */
export function keeping(keep: Keeper | undefined): OwnContext<unknown>['keep'] {
  return (name, values, shape = [values.length]) => {
    const breach = (allowed: string): never => {
      throw new Error(`keep('${name}', …) ${BREACH}: ${allowed}`);
    };
    if (!NAME.test(name)) breach("its name must be letters, digits, '_' and '-', a letter first");
    if (!(values instanceof Float64Array)) breach('it must be given a Float64Array');
    if (!isShape(shape)) breach(`the shape must be a list of whole numbers, got ${JSON.stringify(shape)}`);
    if (shape.reduce((product, size) => product * size, 1) !== values.length)
      breach(`the shape must have ${values.length} numbers, got (${shape.join(', ')})`);
    keep?.array(name, shape, values);
  };
}
