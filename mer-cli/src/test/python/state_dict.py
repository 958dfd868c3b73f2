"""Writes state dicts of PyTorch for every fusion and both poolings, and the probabilities that PyTorch computes with them.

    python3 state_dict.py FOLDER

For each model, FOLDER gets NAME.safetensors, the state dict of a torch.nn.Module, and NAME.json, its sizes, modalities and
labels. expected.json has segments as {modality: [T, D]} without absent modalities, and their probabilities by each model.
Models of attention pooling (NAME-pooled) are of the single-label task and standardize their features, the others are
multi-label. Requires only PyTorch (Debian: python3-torch): the safetensors format is written by this script. PyTorch computes
in double precision with the float32 parameters. Parameters are drawn until, for every class, the probabilities of two segments
differ by at least 0.1: a perceptron without active units would hide an error of the encoders.
"""
import itertools
import json
import struct
import sys
from pathlib import Path

import torch

INPUTS = {"text": 4, "audio": 3, "gaze": 2}
HIDDEN, HEAD_HIDDEN, WIDTH = 3, 6, 2
LABELS = ["calm", "joy", "zeal"]


def perceptron(inputs, classes):
    return torch.nn.Sequential(
        torch.nn.Linear(inputs, HEAD_HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.3),
        torch.nn.Linear(HEAD_HIDDEN, classes),
    )


class Concatenation(torch.nn.Module):
    def __init__(self, state, classes):
        super().__init__()
        self.head = perceptron(len(INPUTS) * state, classes)
        self.absent = torch.zeros(state, dtype=torch.double)

    def forward(self, states):
        return self.head(torch.cat([states.get(m, self.absent) for m in INPUTS]))


class Attention(torch.nn.Module):
    def __init__(self, state, classes):
        super().__init__()
        layers = {m: torch.nn.Linear(state, WIDTH) for m in INPUTS}
        self.attention = torch.nn.ModuleDict(layers | {"score": torch.nn.Linear(WIDTH, 1, bias=False)})
        self.head = perceptron(len(INPUTS) * state, classes)
        self.absent = torch.zeros(state, dtype=torch.double)

    def forward(self, states):
        keys = [torch.tanh(self.attention[m](h)) for m, h in states.items()]
        weights = torch.softmax(torch.stack([self.attention["score"](key)[0] for key in keys]), 0)
        scaled = {m: len(INPUTS) * w * h for w, (m, h) in zip(weights, states.items())}
        return self.head(torch.cat([scaled.get(m, self.absent) for m in INPUTS]))


class AttentionSum(torch.nn.Module):
    def __init__(self, state, classes):
        super().__init__()
        self.attention = torch.nn.ModuleDict({"score": torch.nn.Linear(state, 1, bias=False)})
        self.head = perceptron(state, classes)

    def forward(self, states):
        rows = torch.stack(list(states.values()))
        return self.head(torch.softmax(self.attention["score"](rows), 0).T @ rows)[0]


class Terms(torch.nn.Module):
    def __init__(self, order, state, classes):
        super().__init__()
        sets = [s for size in range(1, order + 1) for s in itertools.combinations(INPUTS, size)]
        self.bias = torch.nn.Parameter(torch.randn(classes))
        self.terms = torch.nn.ModuleDict({"+".join(s): perceptron(len(s) * state, classes) for s in sets})

    def forward(self, states):
        logits = self.bias
        for name, term in self.terms.items():
            own = name.split("+")
            if all(m in states for m in own):
                logits = logits + term(torch.cat([states[m] for m in own]))
        return logits


class Additive(torch.nn.Module):
    def __init__(self, order, state, classes):
        super().__init__()
        self.fusion = Terms(order, state, classes)

    def forward(self, states):
        return self.fusion(states)


FUSIONS = {
    "concatenation": ({"kind": "concatenation"}, Concatenation),
    "attention": ({"kind": "attention", "width": WIDTH}, Attention),
    "attention-sum": ({"kind": "attention-sum"}, AttentionSum),
    "additive-1": ({"kind": "additive", "order": 1}, lambda *sizes: Additive(1, *sizes)),
    "additive-2": ({"kind": "additive", "order": 2}, lambda *sizes: Additive(2, *sizes)),
    "additive-3": ({"kind": "additive", "order": 3}, lambda *sizes: Additive(3, *sizes)),
}


class Encoders(torch.nn.Module):
    def __init__(self, pooled):
        super().__init__()
        self.encoders = torch.nn.ModuleDict(
            {m: torch.nn.LSTM(d, HIDDEN, batch_first=True, bidirectional=True) for m, d in INPUTS.items()}
        )
        if pooled:
            self.pooling = torch.nn.ModuleDict({m: torch.nn.Linear(2 * HIDDEN, 1, bias=False) for m in INPUTS})

    def forward(self, segment):
        states = {}
        for m, rows in segment.items():
            steps, (last, _) = self.encoders[m](rows[None])
            states[m] = last[:, 0].flatten()
            if hasattr(self, "pooling"):
                weights = torch.softmax(self.pooling[m](steps[0]), 0)
                states[m] = torch.cat([states[m], (weights * steps[0]).sum(0)])
        return states


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().contiguous().float().numpy().astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(values)],
        }
        data += values
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def segments():
    """Every set of modalities, the full one also with one step each; up to six steps."""
    sets = [s for size in range(1, len(INPUTS) + 1) for s in itertools.combinations(INPUTS, size)]
    lengths = [[int(torch.randint(1, 7, ())) for _ in s] for s in sets] + [[1] * len(INPUTS)]
    return [
        {m: (2 * torch.randn(t, INPUTS[m])).round(decimals=2).tolist() for m, t in zip(s, own)}
        for s, own in zip(sets + [tuple(INPUTS)], lengths)
    ]


def drawn(fusion, pooled):
    """Returns the modules of a model and its tensors, which include the standardization of pooled models."""
    encoders = Encoders(pooled)
    head = FUSIONS[fusion][1]((4 if pooled else 2) * HIDDEN, len(LABELS) + pooled)
    for parameter in [*encoders.parameters(), *head.parameters()]:
        parameter.data *= 2
    tensors = encoders.state_dict() | head.state_dict()
    if pooled:
        for m, width in INPUTS.items():
            tensors[f"standardization.{m}.mean"] = torch.randn(width)
            tensors[f"standardization.{m}.scale"] = torch.rand(width) + 0.5
    return encoders.double().eval(), head.double().eval(), tensors


def predicted(encoders, head, tensors, pooled, examples):
    """Returns the probabilities [N, C] of the examples."""
    found = []
    for example in examples:
        segment = {}
        for m, rows in example.items():
            segment[m] = torch.tensor(rows, dtype=torch.float32).double()
            if pooled:
                mean, scale = (tensors[f"standardization.{m}.{part}"].double() for part in ("mean", "scale"))
                segment[m] = (segment[m] - mean) * scale
        logits = head(encoders(segment))
        found.append(torch.softmax(logits, 0) if pooled else torch.sigmoid(logits))
    return torch.stack(found)


def model(folder, fusion, pooled, examples):
    """Writes a model and returns its name and the probabilities of the examples."""
    labels = {"labels": LABELS}
    settings = {"inputs": INPUTS, "hidden": HIDDEN, "headHidden": HEAD_HIDDEN, "fusion": FUSIONS[fusion][0], "labels": labels}
    config = {"model": settings}
    if pooled:
        settings["pooling"] = "attention"
        labels |= {"task": "single_label", "ties": "none_class"}
    else:
        config["thresholds"] = [0.5, 0.4, 0.6]
    spread = torch.zeros(1)
    while spread.min() < 0.1:
        encoders, head, tensors = drawn(fusion, pooled)
        found = predicted(encoders, head, tensors, pooled, examples)
        spread = found.max(0).values - found.min(0).values
    name = fusion + ("-pooled" if pooled else "")
    write_safetensors(folder / f"{name}.safetensors", tensors)
    (folder / f"{name}.json").write_text(json.dumps(config, indent=1) + "\n")
    return name, found.tolist()


def main(folder):
    torch.manual_seed(5)
    examples = segments()
    with torch.no_grad():
        probabilities = dict(model(folder, fusion, pooled, examples) for fusion in FUSIONS for pooled in (False, True))
    (folder / "expected.json").write_text(
        json.dumps({"segments": examples, "probabilities": probabilities}) + "\n"
    )


main(Path(sys.argv[1]))
