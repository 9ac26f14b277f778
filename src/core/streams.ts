/**
 * What a trial draws random numbers for. Each purpose has its own counter range of Philox, so that adding a draw to one
 * never moves the numbers of another. The numbers are part of the determinism contract: append, never renumber.
 */
export const Purpose = {
  teacher: 0,
  data: 1,
  labels: 2,
  start: 3,
  noise: 4,
  algorithm: 5,
  freshData: 6,
  freshLabels: 7,
  teacherOutput: 8,
  startOutput: 9,
  batches: 10,
} as const;
