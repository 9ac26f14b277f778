"""Counts of safran2018-square by a program that shares nothing with basin: python safran2018.py K STARTS SEED

K neurons learn K orthonormal ones by gradient descent on the population risk (step 0.1, starts N(0, 1/K)), until the
gradient of each neuron has a norm of at most 1e-9. Needs NumPy.
"""
import sys

import numpy as np

STEP, GRADIENT, GLOBAL = 0.1, 1e-9, 1e-4
STEPS_BETWEEN_LOOKS, MOST_STEPS = 50, 200_000
AT_TEACHER = 1e-8  # a risk that no other minimum has


def angles(cosines):
    cosines = np.clip(cosines, -1, 1)
    return np.arccos(cosines), np.sqrt(1 - cosines**2)


def gradient(w):
    """Of half the mean squared difference to sum_j relu(x_j): (starts, neurons, d)."""
    norms = np.linalg.norm(w, axis=2)
    units = w / norms[..., None]
    theta, sine = angles(units @ units.transpose(0, 2, 1))
    phi, teacher_sine = angles(units)
    along = np.einsum("sij,sj->si", sine, norms) - teacher_sine.sum(2)
    return (along[..., None] * units + (np.pi - theta) @ w - (np.pi - phi)) / (2 * np.pi)


def kernel(cosines):
    theta, sine = angles(cosines)
    return (sine + (np.pi - theta) * np.clip(cosines, -1, 1)) / (2 * np.pi)


def risk(w):
    norms = np.linalg.norm(w, axis=2)
    units = w / norms[..., None]
    own = np.einsum("si,sij,sj->s", norms, kernel(units @ units.transpose(0, 2, 1)), norms)
    shared = np.einsum("si,sij->s", norms, kernel(units))
    return (own - 2 * shared + kernel(np.eye(w.shape[2])).sum()) / 2


def check_gradient(w):
    """Compares one component with a difference quotient of the risk."""
    shift = np.zeros_like(w)
    shift[:, 0, -1] = 1e-6
    quotient = (risk(w + shift) - risk(w - shift)) / 2e-6
    assert np.allclose(gradient(w)[:, 0, -1], quotient, atol=1e-7)


def descend(w):
    """Moves all starts to their ends. Returns how many have none after the most steps."""
    live = np.arange(len(w))
    for _ in range(0, MOST_STEPS, STEPS_BETWEEN_LOOKS):
        points = w[live]
        for _ in range(STEPS_BETWEEN_LOOKS):
            slope = gradient(points)
            points = points - STEP * slope
        w[live] = points
        ended = (np.linalg.norm(slope, axis=2).max(1) <= GRADIENT) | (risk(points) < AT_TEACHER)
        live = live[~ended]
        if len(live) == 0:
            break
    return len(live)


k, starts, seed = map(int, sys.argv[1:])
w = np.random.default_rng(seed).normal(0, 1 / np.sqrt(k), (starts, k, k))
check_gradient(w[:3])
unfinished = descend(w)
ends = risk(w)
print(f"k = {k}: {(ends > GLOBAL).sum()} of {starts} starts end at no global minimum, {unfinished} unfinished,")
print(f"lowest risk of these {ends[ends > GLOBAL].min(initial=np.inf):.10f}")
