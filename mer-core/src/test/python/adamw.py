#!/usr/bin/env python3
"""Writes reference results of PyTorch's AdamW and clip_grad_norm_.

    python3 src/test/python/adamw.py > src/test/resources/dev/mer4j/core/optimizer/adamw.json

The committed file was written with PyTorch 1.13.0.
"""

import json

import torch

CASES = [
    # learning rate, weight decay, norm limit, size of the gradients
    (1e-4, 0.01, 1.0, 1.0),
    (1e-3, 0.0, 1.0, 0.01),
    (0.1, 0.5, 0.25, 30.0),
    (0.01, 0.01, float("inf"), 1.0),
]
PARAMETERS = 6
STEPS = 12


def run(case, learning_rate, weight_decay, max_norm, size):
    torch.manual_seed(case)
    parameters = torch.nn.Parameter(torch.randn(PARAMETERS))
    initial = parameters.tolist()
    gradients = (torch.randn(STEPS, PARAMETERS) * size).tolist()
    gradients[1][2] = 0.0
    optimizer = torch.optim.AdamW([parameters], lr=learning_rate, weight_decay=weight_decay)
    norms, path = [], []
    for gradient in gradients:
        parameters.grad = torch.tensor(gradient)
        norms.append(torch.nn.utils.clip_grad_norm_([parameters], max_norm).item())
        optimizer.step()
        path.append(parameters.tolist())
    state = optimizer.state[parameters]
    return {
        "learningRate": learning_rate,
        "weightDecay": weight_decay,
        "maxNorm": str(max_norm).replace("inf", "Infinity"),
        "initial": initial,
        "gradients": gradients,
        "norms": norms,
        "parameters": path,
        "mean": state["exp_avg"].tolist(),
        "square": state["exp_avg_sq"].tolist(),
    }


print("[" + ",\n".join(json.dumps(run(i, *case)) for i, case in enumerate(CASES)) + "]")
