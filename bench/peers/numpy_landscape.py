"""Descent on the landscape loss L of workload F in NumPy, as a researcher would write it and without temporaries, and in JAX where there is one.

Reads the data that run.mjs wrote, prints one JSON line: seconds per step of each, and where the final rows are.
"""
import json
import sys
import time

import numpy as np


def gradient(a, signs, weights, c):
    """Of sum_i w_i (s_i^2 - c sum_m p_im^4), p = signs a^T, s = sum_m p^2: (k, d)."""
    p = signs @ a.T
    squares = p * p
    total = squares.sum(axis=1, keepdims=True)
    return (4.0 * weights[:, None] * p * (total - c * squares)).T @ signs


def moved(a, g, step):
    a = a - step * g
    return a / np.sqrt((a * a).sum(axis=1, keepdims=True))


def descend_plainly(a, signs, weights, c, step, iterations):
    for _ in range(iterations):
        a = moved(a, gradient(a, signs, weights, c), step)
    return a


def descend_in_place(a, signs, weights, c, step, iterations):
    n, k = len(signs), len(a)
    p, squares, total = np.empty((n, k)), np.empty((n, k)), np.empty((n, 1))
    quadrupled = 4.0 * weights[:, None]
    g = np.empty_like(a)
    for _ in range(iterations):
        np.matmul(signs, a.T, out=p)
        np.multiply(p, p, out=squares)
        np.sum(squares, axis=1, keepdims=True, out=total)
        np.multiply(squares, -c, out=squares)
        np.add(squares, total, out=squares)
        np.multiply(squares, p, out=p)
        np.multiply(p, quadrupled, out=p)
        np.matmul(p.T, signs, out=g)
        a = moved(a, g, step)
    return a


def jax_descent(iterations):
    """The same loop compiled by JAX in float64 on one thread, or None where there is no JAX."""
    try:
        import jax
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    def update(a, signs, weights, c, step):
        p = signs @ a.T
        squares = p * p
        total = squares.sum(axis=1, keepdims=True)
        g = (4.0 * weights[:, None] * p * (total - c * squares)).T @ signs
        a = a - step * g
        return a / jnp.sqrt((a * a).sum(axis=1, keepdims=True))

    compiled = jax.jit(lambda a, s, w, c, step: jax.lax.fori_loop(0, iterations, lambda _, x: update(x, s, w, c, step), a))

    def descend(a, signs, weights, c, step, _):
        return np.asarray(compiled(a, signs, weights, c, step))

    return descend


def timed(descend, first, job, signs, weights):
    """Seconds per step of the fastest repetition, and its final rows. The first run, which compiles, is not timed."""
    arguments = (signs, weights, job["diagonal"], job["step"], job["iterations"])
    final = descend(first.copy(), *arguments)
    fastest = float("inf")
    for _ in range(job["repetitions"]):
        a = first.copy()
        began = time.perf_counter()
        final = descend(a, *arguments)
        fastest = min(fastest, (time.perf_counter() - began) / job["iterations"])
    return fastest, final


def main():
    job = json.loads(sys.argv[1])
    signs = np.fromfile(job["signs"]).reshape(job["samples"], job["dimension"])
    weights = np.fromfile(job["weights"])
    first = np.fromfile(job["rows"]).reshape(job["neurons"], job["dimension"])
    contenders = {"NumPy": descend_plainly, "NumPy in place": descend_in_place, "JAX": jax_descent(job["iterations"])}
    seconds = {}
    for name, descend in contenders.items():
        if descend is None:
            continue
        seconds[name], final = timed(descend, first, job, signs, weights)
        np.ascontiguousarray(final).tofile(job["results"] + "/" + name)
    print(json.dumps({"version": np.__version__, "seconds": seconds}))


if __name__ == "__main__":
    main()
