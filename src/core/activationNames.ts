/** The names a user may type, for help and messages. */
export const ACTIVATION_NAMES =
  'sigmoid[:b], tanh, softplus[:b], relu, leaky-relu[:a], squared-relu, quadratic, linear, erf, erf:std, erf:zhong';
