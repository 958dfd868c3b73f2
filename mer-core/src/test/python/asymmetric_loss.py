#!/usr/bin/env python3
"""Writes reference values of the asymmetric loss and its gradient by PyTorch, in double precision.

    python3 src/test/python/asymmetric_loss.py > src/test/resources/dev/mer4j/core/fusion/asymmetric_loss.json

The loss has the form of the authors' AsymmetricLoss (Ridnik et al., 2021), with gradients through the
focusing factor, as in the paper's equation 8; it is the mean instead of the sum over the batch.
The committed file was written with PyTorch 1.13.0.
"""

import json

import torch

CASES = [
    # gamma of positives, gamma of negatives, margin
    (0, 4, 0.05),
    (1, 4, 0.05),
    (0, 0, 0.2),
    (2.5, 1, 0.5),
    (2, 3, 0),
    (0, 2, 0),
]
ROWS, CLASSES = 5, 6


def loss_of(logits, targets, weights, positive, negative, margin):
    xs_pos = torch.sigmoid(logits)
    xs_neg = (1 - xs_pos + margin).clamp(max=1)
    loss = weights * targets * torch.log(xs_pos) + (1 - targets) * torch.log(xs_neg)
    pt = xs_pos * targets + xs_neg * (1 - targets)
    gamma = positive * targets + negative * (1 - targets)
    return -(loss * torch.pow(1 - pt, gamma)).mean()


def run(case, positive, negative, margin):
    torch.manual_seed(case)
    values = 3 * torch.randn(ROWS, CLASSES)
    values[0] = torch.tensor([-12.0, 12.0, -3.0, -2.9, 0.0, 8.0])
    logits = values.float().double().requires_grad_()
    targets = torch.randint(0, 2, (ROWS, CLASSES)).double()
    targets[0] = torch.tensor([0, 0, 0, 0, 0, 1])
    weights = torch.tensor([0.5, 1, 2, 3.5, 1.25, 8]).double()
    loss = loss_of(logits, targets, weights, positive, negative, margin)
    loss.backward()
    return {
        "positiveGamma": positive,
        "negativeGamma": negative,
        "margin": margin,
        "weights": weights.tolist(),
        "logits": logits.flatten().tolist(),
        "targets": targets.flatten().tolist(),
        "loss": loss.item(),
        "gradient": logits.grad.flatten().tolist(),
    }


print("[" + ",\n".join(json.dumps(run(i, *case)) for i, case in enumerate(CASES)) + "]")
