"""Writes the modality balance of seeded random tables, and the benchmark's noise, as numpy computes them.

    python3 mer-eval/src/test/python/expected_benchmark.py

rewrites mer-eval/src/test/resources/dev/mer4j/eval/expected-benchmark.json. Shapley values are means over all orders of the
modalities, not the weighted sum over sets that the library computes.
"""

import json
from itertools import combinations, permutations
from math import cos, log, pi, sqrt
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "resources/dev/mer4j/eval/expected-benchmark.json"
MODALITIES = ["text", "audio", "visual", "gaze"]


def shapley(values, modalities):
    total = dict.fromkeys(modalities, 0.0)
    orders = list(permutations(modalities))
    for order in orders:
        before = frozenset()
        for modality in order:
            total[modality] += values[before | {modality}] - values[before]
            before |= {modality}
    return {m: t / len(orders) for m, t in total.items()}


def balance(contributions):
    positive = np.maximum(list(contributions.values()), 0)
    if positive.sum() == 0:
        return None
    shares = positive[positive > 0] / positive.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(len(positive)))


def table(rng, count, low):
    modalities = MODALITIES[:count]
    sets = [frozenset(s) for n in range(1, count + 1) for s in combinations(modalities, n)]
    values = {s: float(rng.uniform(low, 0.6)) for s in sets}
    constant = 0.35
    contributions = shapley({frozenset(): constant, **values}, modalities)
    return {
        "constant": constant,
        "macro_f1": {"+".join(sorted(s, key=MODALITIES.index)): v for s, v in values.items()},
        "contributions": contributions,
        "balance": balance(contributions),
    }


def uniforms(key, count):
    state = (key + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)).astype(np.uint64)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    return (state >> np.uint64(11)) * 2.0**-53


def noise(key, count):
    u = uniforms(np.uint64(key), 2 * count)
    return [sqrt(-2 * log(1 - a)) * cos(2 * pi * b) for a, b in zip(u[::2], u[1::2])]


rng = np.random.default_rng(7)
with np.errstate(over="ignore"):
    expected = {
        "balance": [table(rng, n, low) for n in (2, 3, 4) for low in (0.1, 0.35, 0.5)]
        + [table(rng, 3, 0.599)],
        "noise": [{"key": f"{key:016x}", "values": noise(key, 6)} for key in (1, 0xFEDCBA9876543210)],
    }
TARGET.write_text(json.dumps(expected, indent=1) + "\n")
