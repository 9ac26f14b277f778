"""Descent with rows of norm 1 on the landscape loss of workload F in NumPy: as a researcher writes it, and without temporaries.

The loss is sum_i w_i (s_i^2 - c sum_m p_im^4) with p = signs a^T, s = sum_m p^2.
"""
import numpy as np


def arrays(job):
    n, dimension, neurons = job["samples"], job["dimension"], job["neurons"]
    return job["signs"].reshape(n, dimension), job["weights"], job["rows"].reshape(neurons, dimension)


def moved(a, gradient, step):
    a = a - step * gradient
    return a / np.sqrt((a * a).sum(axis=1, keepdims=True))


def plain(job):
    signs, weights, first = arrays(job)
    c, step = job["diagonal"], job["step"]

    def gradient(a):
        p = signs @ a.T
        squares = p * p
        total = squares.sum(axis=1, keepdims=True)
        return (4.0 * weights[:, None] * p * (total - c * squares)).T @ signs

    def descend(iterations):
        a = first
        for _ in range(iterations):
            a = moved(a, gradient(a), step)
        return a

    return descend


def in_place(job):
    """Rows of p are neurons: sums over neurons then run over long rows."""
    signs, weights, first = arrays(job)
    c, step = job["diagonal"], job["step"]
    n, k = len(signs), len(first)
    p, squares, total = np.empty((k, n)), np.empty((k, n)), np.empty(n)
    quadrupled = 4.0 * weights
    gradient = np.empty_like(first)

    def descend(iterations):
        a = first
        for _ in range(iterations):
            np.matmul(a, signs.T, out=p)
            np.multiply(p, p, out=squares)
            np.sum(squares, axis=0, out=total)
            np.multiply(squares, -c, out=squares)
            np.add(squares, total, out=squares)
            np.multiply(squares, p, out=p)
            np.multiply(p, quadrupled, out=p)
            np.matmul(p, signs, out=gradient)
            a = moved(a, gradient, step)
        return a

    return descend
