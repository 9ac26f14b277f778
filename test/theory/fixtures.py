"""Reference values for test/theory/quantities.test.ts and properties.test.ts: `python3 test/theory/fixtures.py > test/theory/fixtures.json`.

Independent of the program on purpose: the definitions as printed, differences included, with 60 digits (mpmath), by the
trapezoidal rule in u = log z, which converges exponentially and sees every scale of z alike.
"""
import json
from mpmath import mp, mpf, exp, log, sqrt, pi, tanh, erf

mp.dps = 60
STEP = mpf(1) / 32
LOW, HIGH = -170, 3  # z from 1e-74 to 20


def sech2(z):
    e = exp(-2 * abs(z))
    return 4 * e / (1 + e) ** 2


def sigmoid(b):
    return lambda z: (1 + tanh(b * z / 2)) / 2, lambda z: b * sech2(b * z / 2) / 4


def softplus(b):
    return lambda z: max(z, mpf(0)) + log(1 + exp(-abs(b * z))) / b, lambda z: (1 + tanh(b * z / 2)) / 2


def leaky(a):
    return lambda z: z if z > 0 else a * z, lambda z: mpf(1) if z > 0 else a


def error_function(amplitude, rate):
    return lambda z: amplitude * erf(rate * z), lambda z: amplitude * rate * 2 / sqrt(pi) * exp(-(rate * z) ** 2)


ACTIVATIONS = {
    "sigmoid": sigmoid(mpf(1)),
    "sigmoid:1000000": sigmoid(mpf(10) ** 6),
    "sigmoid:0.000001": sigmoid(mpf(10) ** -6),
    "tanh": (tanh, sech2),
    "softplus": softplus(mpf(1)),
    "softplus:10": softplus(mpf(10)),
    "softplus:1000000": softplus(mpf(10) ** 6),
    "relu": leaky(mpf(0)),
    "leaky-relu": leaky(mpf(1) / 100),
    "squared-relu": (lambda z: max(z, mpf(0)) ** 2, lambda z: 2 * max(z, mpf(0))),
    "quadratic": (lambda z: z * z, lambda z: 2 * z),
    "linear": (lambda z: z, lambda z: mpf(1)),
    "erf": error_function(sqrt(mpf(2)), 1 / sqrt(mpf(2))),
    "erf:std": error_function(mpf(1), mpf(1)),
    "erf:zhong": error_function(sqrt(pi) / 2, mpf(1)),
}
SIGMAS = ["0.001", "0.05", "0.55", "1.5", "5", "10", "1000"]

MESH = []
for i in range(int(LOW / STEP), int(HIGH / STEP) + 1):
    z = exp(i * STEP)
    MESH.append((z, STEP * z * exp(-z * z / 2) / sqrt(2 * pi)))


def quantities(value, derivative, sigma):
    rows = [(s * z, w, value(sigma * s * z), derivative(sigma * s * z)) for z, w in MESH for s in (1, -1)]
    alpha = [sum(w * p * z**q for z, w, _, p in rows) for q in (0, 1, 2)]
    beta = [sum(w * p * p * z**q for z, w, _, p in rows) for q in (0, 2)]
    g = [sum(w * f * z**j for z, w, f, _ in rows) for j in range(5)]
    m = [g[1], g[2] - g[0], g[3] - 3 * g[1], g[4] + 3 * g[0] - 6 * g[2]]
    a0, a1, a2 = alpha
    terms = {"constant": beta[0] - a0**2 - a1**2, "linear": beta[1] - a1**2 - a2**2, "product": a0 * a2 - a1**2}
    fu2018 = min(terms["constant"], terms["linear"])
    rho = {
        "fu2018": fu2018,
        "fu2019Fcn": min(beta[0] - a0**2, beta[1] - a2**2) - a1**2,
        "fu2019Cnn": min(sigma**2 * beta[1], beta[0]),
        "zhong2017": min(fu2018, terms["product"]),
    }
    return {"alpha": alpha, "beta": beta, "gamma": g, "m": m, "terms": terms, "rho": rho}


def as_float(x):
    if isinstance(x, dict):
        return {k: as_float(v) for k, v in x.items()}
    if isinstance(x, list):
        return [as_float(v) for v in x]
    return 0.0 if abs(x) < mpf(10) ** -45 else float(x)


def rows():
    for name, (value, derivative) in ACTIVATIONS.items():
        for sigma in SIGMAS:
            yield {"activation": name, "sigma": float(sigma), **as_float(quantities(value, derivative, mpf(sigma)))}


if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(row) for row in rows()) + "\n]")
