// Inputs with heavy tails for heavy-tails.yaml: Student's t with ν degrees of freedom, scaled to variance 1.
import { defineInputs } from '@basin-lab/basin';

const argument = { name: 'nu', min: 3, max: 100, default: 5 };

/** √((ν − 2)/Σ of ν squared normals): times a normal it has Student's law with variance 1. */
function scale(normals: Float64Array, at: number, nu: number): number {
  let squares = 0;
  for (let i = 0; i < nu; i++) squares += normals[at + i] ** 2;
  return Math.sqrt((nu - 2) / squares);
}

/** Every coordinate has heavy tails of its own. */
export const student = defineInputs({
  name: 'student',
  description: 't with nu degrees of freedom (rounded) in each coordinate, variance 1',
  argument,
  draw({ n, d, argument: given, stream }) {
    const nu = Math.round(given);
    const x = stream.normals(n * d);
    const chi = stream.normals(n * d * nu);
    return x.map((z, i) => z * scale(chi, i * nu, nu));
  },
});

/** One factor for all coordinates of a sample: some samples are long. */
export const elliptic = defineInputs({
  name: 'elliptic',
  description: 'multivariate t with nu degrees of freedom (rounded), covariance I',
  argument,
  draw({ n, d, argument: given, stream }) {
    const nu = Math.round(given);
    const x = stream.normals(n * d);
    const chi = stream.normals(n * nu);
    return x.map((z, i) => z * scale(chi, Math.floor(i / d) * nu, nu));
  },
});
