/** The rate of one core that is assumed before anything has been measured, in floating point operations per second. */
export const ASSUMED_FLOPS_PER_SECOND = 40e9;
