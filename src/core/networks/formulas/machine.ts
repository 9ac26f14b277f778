/** Runs a program at one point with plain numbers. The native machine has to agree with it. */
import { names, valueOf, type OperatorName } from './operators.js';
import { INSTRUCTION_LENGTH, PARTNERS, type Program } from './program.js';

interface Step {
  readonly operator: OperatorName;
  readonly partner: OperatorName | undefined;
  readonly first: number;
  readonly second: number;
  readonly operands: readonly number[];
}

/** A function of the variables that returns the outputs, in an array that the next call overwrites. */
export function machineOf(program: Program): (...point: readonly number[]) => Float64Array {
  const registers = new Float64Array(program.registers);
  registers.set(program.constants, program.variables);
  const outputs = new Float64Array(program.outputs.length);
  const steps = stepsOf(program);
  return (...point) => {
    registers.set(point);
    for (const step of steps) perform(step, registers);
    program.outputs.forEach((register, k) => (outputs[k] = registers[register]));
    return outputs;
  };
}

function perform({ operator, partner, first, second, operands }: Step, registers: Float64Array): void {
  const values = operands.map((operand) => registers[operand]);
  registers[first] = valueOf(operator, values);
  if (partner !== undefined) registers[second] = valueOf(partner, values);
}

function stepsOf({ code }: Program): Step[] {
  const operators = names();
  return Array.from({ length: code.length / INSTRUCTION_LENGTH }, (_, i) => {
    const [operator, first, second, ...operands] = code.subarray(INSTRUCTION_LENGTH * i, INSTRUCTION_LENGTH * (i + 1));
    const name = operators[operator];
    return {
      operator: name,
      partner: second < 0 ? undefined : PARTNERS[name],
      first,
      second,
      operands: operands.filter((operand) => operand >= 0),
    };
  });
}
