/** How what is done tells something to who asked for it: one line, without saying who speaks. */
export type Warn = (text: string) => void;
