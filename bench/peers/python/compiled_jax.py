"""The same descents in JAX: jit over the whole loop, vmap over starts, gradients by jax.grad, float64, CPU."""
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

VERSION = jax.__version__
CLIP = 1e-15
ACTIVATIONS = {
    "sigmoid": jax.nn.sigmoid,
    "softplus": jax.nn.softplus,
    "relu": jax.nn.relu,
    "squared-relu": lambda z: jnp.square(jax.nn.relu(z)),
}


def mean_loss(loss, f, y):
    if loss == "squared":
        return jnp.mean(jnp.square(f - y)) / 2.0
    p = jnp.clip(f, CLIP, 1.0 - CLIP)
    return -jnp.mean(y * jnp.log(p) + (1.0 - y) * jnp.log1p(-p))


def descent(job):
    activation, step = ACTIVATIONS[job["activation"]], job["step"]
    x = jnp.asarray(job["x"].reshape(job["samples"], job["dimension"]))
    y = jnp.asarray(job["y"])
    first = jnp.asarray(job["weights"].reshape(job["starts"], job["neurons"], job["dimension"]))
    outputs = jnp.asarray(job["outputWeights"].reshape(job["starts"], job["neurons"]))

    def risk(w, v, x, y):
        return mean_loss(job["loss"], activation(x @ w.T) @ v, y)

    def update(point, x, y):
        w, v = point
        if job["trainOutput"]:
            gradient, output_gradient = jax.grad(risk, argnums=(0, 1))(w, v, x, y)
            return w - step * gradient, v - step * output_gradient
        return w - step * jax.grad(risk)(w, v, x, y), v

    batch = jax.vmap(update, in_axes=(0, None, None))
    loop = jax.jit(lambda count, point, x, y: jax.lax.fori_loop(0, count, lambda _, p: batch(p, x, y), point))
    return lambda iterations: np.asarray(loop(iterations, (first, outputs), x, y)[0])


def landscape(job):
    n, dimension = job["samples"], job["dimension"]
    c, step = job["diagonal"], job["step"]
    signs, weights = jnp.asarray(job["signs"].reshape(n, dimension)), jnp.asarray(job["weights"])
    first = jnp.asarray(job["rows"].reshape(job["neurons"], dimension))

    def update(a, signs, weights):
        p = signs @ a.T
        squares = p * p
        total = squares.sum(axis=1, keepdims=True)
        gradient = (4.0 * weights[:, None] * p * (total - c * squares)).T @ signs
        a = a - step * gradient
        return a / jnp.sqrt((a * a).sum(axis=1, keepdims=True))

    loop = jax.jit(lambda count, a, signs, weights: jax.lax.fori_loop(0, count, lambda _, a: update(a, signs, weights), a))
    return lambda iterations: np.asarray(loop(iterations, first, signs, weights))
