"""Gradient descent on the population risk of a ReLU network against the identity teacher, all starts at once in NumPy.

Usage: population_numpy.py W0.npy ITERATIONS. Prints JSON: CPU seconds per iteration, and the risk of each start.
"""

import json
import sys
import time

import numpy as np

STEP = 0.01
TURN = 2 * np.pi


def slopes(cosines):
    """beta of each pair, and sin(angle) / 2 pi."""
    cosines = np.clip(cosines, -1, 1)
    return (np.pi - np.arccos(cosines)) / TURN, np.sqrt(1 - cosines * cosines) / TURN


def evaluate(weights):
    """Risk (L) and gradient (L, n, d). The teacher's rows are those of I, so w . u_j is an entry of w."""
    norms = np.sqrt(np.einsum("lij,lij->li", weights, weights))
    gram = weights @ weights.transpose(0, 2, 1)
    pairs = norms[:, :, None] * norms[:, None, :]
    beta, bend = slopes(gram / pairs)
    other_beta, other_bend = slopes(weights / norms[:, :, None])
    alpha = ((bend * norms[:, None, :]).sum(2) - other_bend.sum(2)) / norms
    gradient = alpha[:, :, None] * weights + beta @ weights - other_beta
    risk = 0.5 * (pairs * bend + beta * gram).sum((1, 2)) - (norms[:, :, None] * other_bend + other_beta * weights).sum((1, 2))
    return risk, gradient


def main():
    start, iterations = np.load(sys.argv[1]), int(sys.argv[2])
    _, dimension = start.shape[1:]
    teacher = 0.5 * (dimension * 0.5 + dimension * (dimension - 1) / TURN)
    weights = start.copy()
    evaluate(weights)
    begin = time.process_time()
    for _ in range(iterations):
        weights -= STEP * evaluate(weights)[1]
    seconds = (time.process_time() - begin) / iterations
    print(json.dumps({"seconds": seconds, "risk": list(evaluate(weights)[0] + teacher)}))


main()
