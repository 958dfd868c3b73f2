"""Writes state dicts of PyTorch and the probabilities that PyTorch computes with them.

    python3 state_dict.py FOLDER

For each model, FOLDER gets NAME.safetensors, the state dict of a torch.nn.Module, NAME.json, its sizes, modalities and
labels, and NAME-expected.json, segments as {modality: [T, D]} without absent modalities, and their probabilities. Requires
only PyTorch (Debian: python3-torch): the safetensors format is written by this script. PyTorch computes in single
precision, as mer4j does; over at most five steps both differ by about 1e-7.
"""
import json
import struct
import sys
from pathlib import Path

import torch


class Model(torch.nn.Module):
    def __init__(self, inputs, hidden, head_hidden, classes, attention=None):
        super().__init__()
        self.order = list(inputs)
        self.encoders = torch.nn.ModuleDict(
            {m: torch.nn.LSTM(d, hidden, batch_first=True, bidirectional=True) for m, d in inputs.items()}
        )
        if attention:
            layers = {m: torch.nn.Linear(2 * hidden, attention) for m in inputs}
            layers["score"] = torch.nn.Linear(attention, 1, bias=False)
            self.attention = torch.nn.ModuleDict(layers)
        self.head = torch.nn.Sequential(
            torch.nn.Linear(2 * hidden * len(inputs), head_hidden),
            torch.nn.ReLU(),
            torch.nn.Dropout(0.3),
            torch.nn.Linear(head_hidden, classes),
        )
        self.hidden = hidden

    def forward(self, segment):
        states = {m: torch.zeros(2 * self.hidden) for m in self.order}
        for m, rows in segment.items():
            _, (h, _) = self.encoders[m](torch.tensor(rows)[None])
            states[m] = torch.cat([h[0, 0], h[1, 0]])
        weights = {m: 1.0 for m in self.order}
        if hasattr(self, "attention"):
            present = [m for m in self.order if m in segment]
            scores = [self.attention["score"](torch.tanh(self.attention[m](states[m]))) for m in present]
            shares = torch.softmax(torch.cat(scores), 0) * len(self.order)
            weights = {m: 0.0 for m in self.order} | dict(zip(present, shares))
        return self.head(torch.cat([weights[m] * states[m] for m in self.order]))


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(values)],
        }
        data += values
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def write(folder, name, model, config, probabilities):
    model.eval()
    inputs = config["model"]["inputs"]
    segments = []
    for s in range(6):
        present = [m for i, m in enumerate(inputs) if s == 0 or (s + i) % 3]
        segments.append({m: torch.randn(1 + (2 * s + i) % 5, inputs[m]).tolist() for i, m in enumerate(present)})
    with torch.no_grad():
        expected = [probabilities(model(segment)).double().tolist() for segment in segments]
    write_safetensors(folder / f"{name}.safetensors", model.state_dict())
    (folder / f"{name}.json").write_text(json.dumps(config, indent=1) + "\n")
    text = json.dumps([{"segment": s, "probabilities": p} for s, p in zip(segments, expected)])
    (folder / f"{name}-expected.json").write_text(text + "\n")


def main(folder):
    torch.manual_seed(5)
    write(
        folder,
        "concatenation",
        Model({"text": 4, "gaze": 2}, hidden=3, head_hidden=5, classes=3),
        {
            "model": {
                "inputs": {"text": 4, "gaze": 2},
                "hidden": 3,
                "headHidden": 5,
                "labels": {"labels": ["calm", "joy", "zeal"]},
            },
            "thresholds": [0.5, 0.4, 0.6],
        },
        torch.sigmoid,
    )
    write(
        folder,
        "attention",
        Model({"text": 4, "audio": 3}, hidden=3, head_hidden=5, classes=4, attention=2),
        {
            "model": {
                "inputs": {"text": 4, "audio": 3},
                "hidden": 3,
                "headHidden": 5,
                "fusion": {"kind": "attention", "width": 2},
                "labels": {"labels": ["calm", "joy", "zeal"], "task": "single_label", "ties": "none_class"},
            }
        },
        lambda logits: torch.softmax(logits, 0),
    )


main(Path(sys.argv[1]))
