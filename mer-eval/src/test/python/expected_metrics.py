"""Writes scikit-learn's metrics of seeded random and degenerate predictions.

    python3 mer-eval/src/test/python/expected_metrics.py

rewrites mer-eval/src/test/resources/dev/mer4j/eval/expected-metrics.json; made with scikit-learn 1.2.1. Cases of other labels
than CMU-MOSEI's name them.
"""

import json
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
from sklearn import metrics

EMOTIONS = ["happy", "sad", "anger", "surprise", "disgust", "fear"]
TARGET = Path(__file__).parents[1] / "resources/dev/mer4j/eval/expected-metrics.json"

warnings.filterwarnings("ignore")


def average(truth, predicted, kind):
    p, r, f, _ = metrics.precision_recall_fscore_support(
        truth, predicted, average=kind, zero_division=0
    )
    return {"precision": p, "recall": r, "f1": f}


def emotion(truth, predicted, probability):
    binary = dict(labels=[0, 1])
    tn, fp, fn, tp = metrics.confusion_matrix(truth, predicted, **binary).ravel()
    both = 0 < truth.sum() < len(truth)
    return {
        "tp": int(tp),
        "fp": int(fp),
        "fn": int(fn),
        "tn": int(tn),
        "precision": metrics.precision_score(truth, predicted, zero_division=0),
        "recall": metrics.recall_score(truth, predicted, zero_division=0),
        "f1": metrics.f1_score(truth, predicted, zero_division=0),
        "weighted_f1": metrics.f1_score(truth, predicted, average="weighted", zero_division=0),
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "average_precision": metrics.average_precision_score(truth, probability)
        if truth.any()
        else None,
        "roc_auc": metrics.roc_auc_score(truth, probability) if both else None,
    }


def best_threshold(truth, probability):
    """Exhaustive search: of all thresholds the best F1, then closest to 1/2, then highest."""
    if not truth.any():
        return 0.5
    distinct = sorted(set(probability), reverse=True)
    candidates = []
    for high, low in zip(distinct, distinct[1:] + [0.0]):
        threshold = (high + low) / 2 if (high + low) / 2 > low else high
        predicted = probability >= threshold
        tp = int((truth.astype(bool) & predicted).sum())
        f1 = Fraction(2 * tp, int(predicted.sum()) + int(truth.sum()))
        candidates.append((f1, -abs(threshold - 0.5), threshold))
    return max(candidates)[2]


def mean(values):
    defined = [v for v in values if v is not None]
    return float(np.mean(defined)) if defined else None


def multi_label(scores, probabilities, thresholds, labels):
    truth = (scores > 0).astype(int)
    predicted = (probabilities >= thresholds).astype(int)
    per_emotion = [
        emotion(truth[:, c], predicted[:, c], probabilities[:, c]) for c in range(len(labels))
    ]
    return {
        "emotions": dict(zip(labels, per_emotion)),
        "micro": average(truth, predicted, "micro"),
        "macro": average(truth, predicted, "macro"),
        "weighted": average(truth, predicted, "weighted"),
        "samples": average(truth, predicted, "samples"),
        "macro_f1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
        "micro_f1": metrics.f1_score(truth, predicted, average="micro", zero_division=0),
        "weighted_f1": mean([e["weighted_f1"] for e in per_emotion]),
        "balanced_accuracy": mean([e["balanced_accuracy"] for e in per_emotion]),
        "accuracy": mean([e["accuracy"] for e in per_emotion]),
        "average_precision": mean([e["average_precision"] for e in per_emotion]),
        "roc_auc": mean([e["roc_auc"] for e in per_emotion]),
        "subset_accuracy": metrics.accuracy_score(truth, predicted),
        "jaccard": metrics.jaccard_score(truth, predicted, average="samples", zero_division=0),
        "report": metrics.classification_report(
            truth, predicted, target_names=labels, zero_division=0
        ),
    }


def single_label(scores, probabilities, ties, labels):
    highest = scores == scores.max(axis=1, keepdims=True)
    kept = np.ones(len(scores), bool) if ties == "FIRST_COLUMN" else highest.sum(axis=1) == 1
    truth = highest[kept].argmax(axis=1)
    predicted = probabilities[kept].argmax(axis=1)
    result = {
        "left_out": int((~kept).sum()),
        "confusion": metrics.confusion_matrix(truth, predicted, labels=range(len(labels))).tolist()
        if kept.any()
        else [[0] * len(labels)] * len(labels),
    }
    if not kept.any():
        return result
    occurring = sorted(set(truth) | set(predicted))
    return result | {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "macro_f1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
        "weighted_f1": metrics.f1_score(truth, predicted, average="weighted", zero_division=0),
        "uar": metrics.balanced_accuracy_score(truth, predicted),
        "macro": average(truth, predicted, "macro"),
        "weighted": average(truth, predicted, "weighted"),
        "report": metrics.classification_report(
            truth, predicted, target_names=[labels[c] for c in occurring], zero_division=0
        ),
    }


def case(name, scores, probabilities, thresholds, ties="LEAVE_OUT", labels=EMOTIONS):
    scores, probabilities, thresholds = map(np.asarray, (scores, probabilities, thresholds))
    return {
        "name": name,
        **({} if labels == EMOTIONS else {"labels": labels}),
        "scores": scores.tolist(),
        "probabilities": probabilities.tolist(),
        "thresholds": thresholds.tolist(),
        "ties": ties,
        "multi_label": multi_label(scores, probabilities, thresholds, labels),
        "single_label": single_label(scores, probabilities, ties, labels),
        "fitted": [
            best_threshold((scores[:, c] > 0).astype(int), probabilities[:, c])
            for c in range(len(labels))
        ],
    }


def random_case(name, n, seed, decimals, ties):
    rng = np.random.default_rng(seed)
    prior = np.array([0.54, 0.26, 0.22, 0.1, 0.18, 0.08])
    scores = (rng.random((n, 6)) < prior) * rng.choice([0.5, 1.0, 1.5, 2.0, 3.0], (n, 6))
    probabilities = 1 / (1 + np.exp(-rng.normal(-0.4, 1, (n, 6)) - (scores > 0)))
    if decimals:
        probabilities = probabilities.round(decimals)
    return case(name, scores, probabilities, rng.uniform(0.2, 0.8, 6).round(2), ties)


def other_labels(name, n, seed, labels, one, ties="LEAVE_OUT"):
    rng = np.random.default_rng(seed)
    classes = len(labels)
    if one:
        scores = np.eye(classes)[rng.integers(0, classes, n)]
    else:
        scores = (rng.random((n, classes)) < 0.3) * rng.choice([0.5, 1.0, 2.0], (n, classes))
    logits = rng.normal(-0.4, 1, (n, classes)) + 1.5 * (scores > 0)
    probabilities = 1 / (1 + np.exp(-logits))
    thresholds = rng.uniform(0.2, 0.8, classes).round(2)
    return case(name, scores, probabilities, thresholds, ties, labels)


def cases():
    half = [0.5] * 6
    rng = np.random.default_rng(1)
    soft = rng.random((12, 6)).round(2)
    zeros, ones = np.zeros((12, 6)), np.ones((12, 6))
    only_sad = zeros.copy()
    only_sad[:, 1] = 1
    for n in (2, 7, 50, 90):
        yield random_case(f"random, {n} segments", n, n, None, "LEAVE_OUT")
        yield random_case(f"random with ties, {n} segments", n, 100 + n, 1, "FIRST_COLUMN")
    yield case("no positives", zeros, soft, half)
    yield case("no positives, none predicted", zeros, zeros, half)
    yield case("no positives, tie means happy", zeros, soft, half, "FIRST_COLUMN")
    yield case("all positive", ones, soft, half)
    yield case("all positive, all predicted", ones, ones, half)
    yield case("all positive, none predicted", ones, zeros, half)
    yield case("one class", only_sad, soft, half)
    yield case("one class, always right", only_sad, only_sad, half)
    yield case("every probability the same", (soft > 0.6) * 1.0, ones / 4, half)
    yield case("probability equal to its threshold", (soft > 0.4) * 1.0, ones / 2, half)
    yield case("thresholds at 0 and 1", (soft > 0.5) * 2.0, soft.round(1), [0, 1, 0, 1, 0, 1])
    yield case("perfect", (soft > 0.5) * 2.0, (soft > 0.5) * 0.9, half)
    yield case("always wrong", (soft > 0.5) * 2.0, (soft <= 0.5) * 0.9, half)
    yield case("one segment", [[0, 1, 0, 0, 2, 0]], soft[:1], half)
    yield case("one segment without emotion", zeros[:1], soft[:1], half)
    yield case("neighbouring doubles", [[1] * 6, [0] * 6, [1] * 6],
               [[0.5] * 6, [np.nextafter(0.5, 0)] * 6, [np.nextafter(0.5, 1)] * 6], half)
    meld = ["neutral", "joy", "sadness", "anger", "surprise", "disgust", "fear"]
    twenty = [f"label {c}" for c in range(20)]
    yield other_labels("seven classes, one each", 120, 21, meld, True)
    yield other_labels("two labels", 40, 22, ["calm", "tense"], False)
    yield other_labels("two labels, ties to the first", 40, 23, ["calm", "tense"], False, "FIRST_COLUMN")
    yield other_labels("twenty labels", 80, 24, twenty, False)


def main():
    rows = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases())
    TARGET.write_text(f"[\n{rows}\n]\n")
    print(TARGET, TARGET.stat().st_size, "bytes")


main()
