"""Gradient descent on the mean loss in NumPy: start by start as a researcher writes it, and all starts at once without temporaries."""
import numpy as np

CLIP = 1e-15


def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-z))
    return s, s * (1.0 - s)


def softplus(z):
    return np.logaddexp(0.0, z), 1.0 / (1.0 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0.0), (z > 0.0).astype(float)


def squared_relu(z):
    positive = np.maximum(z, 0.0)
    return positive * positive, 2.0 * positive


ACTIVATIONS = {"sigmoid": sigmoid, "softplus": softplus, "relu": relu, "squared-relu": squared_relu}


def loss_slope(loss, f, y):
    if loss == "squared":
        return f - y
    p = np.clip(f, CLIP, 1.0 - CLIP)
    return (p - y) / (p * (1.0 - p))


def points(job):
    shape = job["starts"], job["neurons"], job["dimension"]
    return job["weights"].reshape(shape).copy(), job["outputWeights"].reshape(shape[:2]).copy()


def by_start(job):
    x = job["x"].reshape(job["samples"], job["dimension"])
    y, step, train = job["y"], job["step"], job["trainOutput"]
    activation = ACTIVATIONS[job["activation"]]

    def gradients(w, v):
        values, slopes = activation(x @ w.T)
        residual = loss_slope(job["loss"], values @ v, y) / len(y)
        return (residual[:, None] * slopes * v).T @ x, residual @ values

    def descend(iterations):
        weights, outputs = points(job)
        for w, v in zip(weights, outputs):
            for _ in range(iterations):
                gradient, output_gradient = gradients(w, v)
                w -= step * gradient
                if train:
                    v -= step * output_gradient
        return weights

    return descend


def sigmoid_in_place(z, slopes, scratch):
    np.negative(z, out=z)
    np.exp(z, out=z)
    np.add(z, 1.0, out=z)
    np.reciprocal(z, out=z)
    np.multiply(z, z, out=slopes)
    np.subtract(z, slopes, out=slopes)


def softplus_in_place(z, slopes, scratch):
    """exp(-|z|) serves both: softplus = max(z, 0) + log1p(e), its slope (1 or e) / (1 + e). np.logaddexp is several times slower."""
    np.abs(z, out=scratch)
    np.negative(scratch, out=scratch)
    np.exp(scratch, out=scratch)
    np.copyto(slopes, scratch)
    np.copyto(slopes, 1.0, where=z > 0.0)
    np.maximum(z, 0.0, out=z)
    z += np.log1p(scratch)
    np.add(scratch, 1.0, out=scratch)
    np.divide(slopes, scratch, out=slopes)


def relu_in_place(z, slopes, scratch):
    np.greater(z, 0.0, out=slopes)
    np.maximum(z, 0.0, out=z)


def squared_relu_in_place(z, slopes, scratch):
    np.maximum(z, 0.0, out=z)
    np.add(z, z, out=slopes)
    np.multiply(z, z, out=z)


IN_PLACE = {
    "sigmoid": sigmoid_in_place,
    "softplus": softplus_in_place,
    "relu": relu_in_place,
    "squared-relu": squared_relu_in_place,
}


def batched(job):
    """Units as rows and samples along the last axis, so that every array operation runs over long rows."""
    n, starts, neurons, dimension = (job[name] for name in ("samples", "starts", "neurons", "dimension"))
    x = job["x"].reshape(n, dimension)
    y, step, train = job["y"], job["step"], job["trainOutput"]
    activate = IN_PLACE[job["activation"]]
    rows, slopes, scratch = (np.empty((starts * neurons, n)) for _ in range(3))
    values, coefficients = (a.reshape(starts, neurons, n) for a in (rows, slopes))

    def descend(iterations):
        weights, v = points(job)
        flat = weights.reshape(-1, dimension)
        gradient = np.empty_like(flat)
        for _ in range(iterations):
            np.matmul(flat, x.T, out=rows)
            activate(rows, slopes, scratch)
            f = np.einsum("lk,lkn->ln", v, values)
            residual = loss_slope(job["loss"], f, y) / n
            np.multiply(coefficients, residual[:, None, :], out=coefficients)
            np.multiply(coefficients, v[:, :, None], out=coefficients)
            np.matmul(slopes, x, out=gradient)
            if train:
                v -= step * np.matmul(values, residual[:, :, None])[:, :, 0]
            flat -= step * gradient
        return weights

    return descend
