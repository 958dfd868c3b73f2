#!/usr/bin/env python3
"""Prints the coefficients of the class Tanh, and their largest error in single precision.

    python3 src/test/python/tanh.py

tanh(x) = x p(x^2) / q(x^2) on [-7.9, 7.9], with polynomials of degree 4. Lawson's algorithm minimizes the largest absolute
error: repeated least squares with weights that grow where the error is large. Requires NumPy; written with NumPy 1.24.
"""
import numpy as np

LARGEST = 7.9
DEGREE = 4
POINTS = 4000


def fit():
    x = LARGEST * (1 - np.cos(np.pi * (np.arange(POINTS) + 0.5) / POINTS)) / 2
    t = (x / LARGEST) ** 2
    y = np.tanh(x)
    weights, denominator = np.ones(POINTS), np.ones(POINTS)
    best = None
    for _ in range(400):
        powers = t[:, None] ** np.arange(DEGREE + 1)
        matrix = np.hstack([x[:, None] * powers, -y[:, None] * powers[:, 1:]])
        scale = np.sqrt(weights) / denominator
        solution = np.linalg.lstsq(matrix * scale[:, None], y * scale, rcond=1e-18)[0]
        p, q = solution[: DEGREE + 1], np.r_[1, solution[DEGREE + 1 :]]
        denominator = powers @ q
        error = np.abs(x * (powers @ p) / denominator - y)
        if best is None or error.max() < best[0]:
            best = error.max(), p / LARGEST ** (2 * np.arange(DEGREE + 1)), q / LARGEST ** (2 * np.arange(DEGREE + 1))
        weights *= error / error.max() + 1e-3
        weights /= weights.mean()
    return best


def polynomial(coefficients, t):
    value = np.full_like(t, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        value = value * t + coefficient
    return value


def main():
    error, p, q = fit()
    p, q = p.astype(np.float32), q.astype(np.float32)
    x = np.linspace(-12, 12, 2_000_001).astype(np.float32)
    c = np.clip(x, -np.float32(LARGEST), np.float32(LARGEST))
    y = c * polynomial(p, c * c) / polynomial(q, c * c)
    print("p", *p)
    print("q", *q)
    print(f"largest error {error:.2e}, in single precision {np.abs(y - np.tanh(x.astype(float))).max():.2e}")
    print(f"largest value {np.abs(y).max():.8f}")


main()
