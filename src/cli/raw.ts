/** Writes to standard output without changes. */
import { DescriptorSink } from '../base/sink.js';
import { STANDARD_OUTPUT_DESCRIPTOR, standardOutputIsFile } from '../base/target.js';

/** Node does not check how many bytes of a write to a file fit on a full disk. */
export function printRaw(text: string): void {
  if (!standardOutputIsFile()) {
    process.stdout.write(text);
    return;
  }
  const sink = new DescriptorSink('standard output', STANDARD_OUTPUT_DESCRIPTOR);
  sink.write(text);
  sink.flush();
}
