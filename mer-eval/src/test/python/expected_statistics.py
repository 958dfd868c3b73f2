"""Prints the expected values of SignFlipTest, LeaveOneOutTest, CrossEntropyTest and mer-train's TrialsTest.

    python3 mer-eval/src/test/python/expected_statistics.py

Made with scipy 1.10.1, numpy 1.24.2 and scikit-learn 1.2.1.
"""

from itertools import product

import numpy as np
from scipy import stats
from sklearn.metrics import log_loss

DIFFERENCES = [
    [3, -1],
    [2, 2, 2, -1, 1],
    [5, -3, 1, 1, -2, 4, 7, -1],
    [10, 1, -1, 2, -2, 3, 1, 1, 1, -4, 6, 2],
    [-1, -1, -2, -9, 3, 1, 1, -4, -2, -1, -3, 2, -6, -1],
]


def sign_flip(differences):
    """Counts all 2^n signs."""
    sizes = np.abs(differences)
    sums = np.array(list(product([-1, 1], repeat=len(sizes)))) @ sizes
    p = np.mean(np.abs(sums) >= abs(sum(differences)))
    permuted = stats.permutation_test(
        (np.array(differences), np.zeros(len(differences), int)),
        lambda a, b, axis: np.sum(a - b, axis=axis),
        permutation_type="samples",
        n_resamples=np.inf,
        vectorized=True,
    )
    assert abs(p - permuted.pvalue) < 1e-12, (differences, p, permuted.pvalue)
    return p


def leave_one_out(estimate, without):
    """The jackknife with Satterthwaite's degrees of freedom: difference, p-value, metric."""
    without = np.array(without)
    n = len(without)
    center = estimate - (n - 1) * (without.mean() - estimate)
    error = np.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2))
    kurtosis = stats.kurtosis(without, fisher=False)
    freedom = max(1, min(n - 1, 2 * (n - 1) / (kurtosis - 1)))
    t = stats.t.ppf(0.975, freedom)
    logit = np.log(center / (1 - center))
    scaled = t * error / (center * (1 - center))
    return [
        center - t * error,
        center + t * error,
        2 * stats.t.sf(abs(center) / error, freedom),
        1 / (1 + np.exp(scaled - logit)),
        1 / (1 + np.exp(-scaled - logit)),
    ]


for differences in DIFFERENCES:
    print(f'"{" ".join(map(str, differences))}, {sign_flip(differences)!r}",')
print(leave_one_out(0.42, [0.40, 0.43, 0.41, 0.42, 0.44, 0.35]))
print([(df, stats.t.ppf(0.975, df)) for df in (1, 2, 29, 30, 31, 99, 1000)])

truth = np.array([[1, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0]])
said = np.array([[0.9, 0.2, 0.5, 0.4, 0.1, 0.3], [0.3, 0.6, 0.7, 0.2, 0.4, 0.1]])
print(np.mean([log_loss(truth[:, c], said[:, c], labels=[0, 1]) for c in range(6)]))
said = np.array([[0.1, 0.1, 0.2, 0.4, 0.1, 0.1], [0.3, 0.3, 0.25, 0.1, 0.05, 0.0]])
print(log_loss([3, 2], said, labels=range(6)))
