"""Writes logistic_regression.json: rows, labels, and scikit-learn's logistic regressions of them.

Usage: python3 logistic_regression.py > ../resources/dev/mer4j/eval/baseline/logistic_regression.json
"""

import json

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(3)
rows = np.round(random.normal(size=(60, 8)) * np.linspace(0.2, 3, 8), 4)
logits = rows @ random.normal(size=8) - 1.5 + random.normal(size=60)
present = logits > 0
fits = []
for c in [0.001, 0.01, 0.1, 1.0, 100.0]:
    fit = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    fit.fit(rows, present)
    fits.append({"c": c, "weights": fit.coef_[0].tolist(), "intercept": fit.intercept_[0]})
print(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "rows": rows.tolist(),
            "present": present.tolist(),
            "fits": fits,
        }
    )
)
