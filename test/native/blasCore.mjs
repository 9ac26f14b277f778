/**
 * Prints the kernels that OpenBLAS runs, and how far a product is from plain loops. The library is loaded before this
 * program, with OPENBLAS_CORETYPE; without the variable the addon then finds a library that has chosen by itself.
 */
delete process.env['OPENBLAS_CORETYPE'];
const { loadNativeKernels } = await import('../../dist/core/kernels/native.js');
const kernels = loadNativeKernels();
const size = 33;
const a = Float64Array.from({ length: size * size }, (_, i) => Math.sin(i));
const product = kernels.multiply(a, a, size, size, size);
const exact = (i, j) => a.subarray(i * size, (i + 1) * size).reduce((sum, x, m) => sum + x * a[m * size + j], 0);
const worst = Math.max(...product.map((x, at) => Math.abs(x - exact(Math.floor(at / size), at % size))));
const { core, coreFound } = kernels.info().openblas;
console.log(JSON.stringify({ core, coreFound, worst, left: process.env['OPENBLAS_CORETYPE'] ?? null }));
