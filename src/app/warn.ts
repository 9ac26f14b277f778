/** Reports something to the caller: one line, which does not name the speaker. */
export type Warn = (text: string) => void;
