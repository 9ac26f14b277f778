/** The number of trials of a cell, where a command line or a program gives it. */
export const MOST_TRIALS = 1e9;
