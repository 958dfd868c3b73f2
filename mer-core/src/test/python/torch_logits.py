"""Runs exported models in PyTorch and writes their logits.

    python3 torch_logits.py FOLDER

FOLDER contains concatenation/, attention/, attention-sum/, additive/ and pooled/ (with attention pooling), model folders,
and segments.json, all written by the test class TorchModel; logits.json is written to the same folder. For additive/ it contains
each segment's logits and terms. gradients.safetensors has the gradient of pooled/ in training without dropout: of the mean
binary cross-entropy over all segments, none of which has an emotion. Requires only PyTorch (Debian: python3-torch): the
safetensors format is parsed and written by this script.
"""
import itertools
import json
import struct
import sys
from pathlib import Path

import torch


def safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = bytearray(data[8 + length + start : 8 + length + end])
        tensors[name] = torch.frombuffer(values, dtype=torch.float32).reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        values = struct.pack(f"<{tensor.numel()}f", *tensor.flatten().tolist())
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def perceptron(inputs, config):
    return torch.nn.Sequential(
        torch.nn.Linear(inputs, config["headHidden"]),
        torch.nn.ReLU(),
        torch.nn.Dropout(config["headDropout"]),
        torch.nn.Linear(config["headHidden"], 6),
    )


class Additive(torch.nn.Module):
    """The bias and the terms of up to `order` modalities, by names such as text+audio."""

    def __init__(self, config, order_of_modalities, state):
        super().__init__()
        sets = [
            s
            for size in range(1, config["fusion"]["order"] + 1)
            for s in itertools.combinations(order_of_modalities, size)
        ]
        self.bias = torch.nn.Parameter(torch.zeros(6))
        self.terms = torch.nn.ModuleDict({"+".join(s): perceptron(state * len(s), config) for s in sets})

    def forward(self, states, present):
        return {
            name: term(torch.cat([states[m] for m in name.split("+")]))
            for name, term in self.terms.items()
            if all(m in present for m in name.split("+"))
        }


class Model(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        hidden, inputs = config["hidden"], config["inputs"]
        self.order = [m for m in ("text", "audio", "visual") if m in inputs]
        self.attends = config["fusion"]["kind"] == "attention"
        self.sums = config["fusion"]["kind"] == "attention-sum"
        self.adds = config["fusion"]["kind"] == "additive"
        self.encoders = torch.nn.ModuleDict(
            {m: torch.nn.LSTM(inputs[m], hidden, batch_first=True, bidirectional=True) for m in self.order}
        )
        self.pools = config.get("pooling") == "attention"
        self.state = (4 if self.pools else 2) * hidden
        if self.pools:
            self.pooling = torch.nn.ModuleDict({m: torch.nn.Linear(2 * hidden, 1, bias=False) for m in self.order})
        if self.attends:
            width = config["fusion"]["width"]
            layers = {m: torch.nn.Linear(self.state, width) for m in self.order}
            layers["score"] = torch.nn.Linear(width, 1, bias=False)
            self.attention = torch.nn.ModuleDict(layers)
        if self.sums:
            self.attention = torch.nn.ModuleDict({"score": torch.nn.Linear(self.state, 1, bias=False)})
        if self.adds:
            self.fusion = Additive(config, self.order, self.state)
        else:
            self.head = perceptron(self.state * (1 if self.sums else len(self.order)), config)

    def forward(self, segment):
        states = {m: torch.zeros(self.state) for m in self.order}
        for m, rows in segment.items():
            if len(rows):
                steps, (h, _) = self.encoders[m](rows[None])
                states[m] = torch.cat([h[0, 0], h[1, 0]])
                if self.pools:
                    weights = torch.softmax(self.pooling[m](steps[0])[:, 0], 0)
                    states[m] = torch.cat([states[m], weights @ steps[0]])
        if self.adds:
            terms = self.fusion(states, segment.keys())
            return {
                "logits": sum(terms.values(), self.fusion.bias).double().tolist(),
                "terms": {name: term.double().tolist() for name, term in terms.items()},
            }
        if self.sums:
            stacked = torch.stack([states[m] for m in self.order if m in segment]) if segment else torch.zeros(0, self.state)
            shares = torch.softmax(self.attention["score"](stacked), 0)
            return self.head((shares * stacked).sum(0))
        weights = {m: 1.0 for m in self.order}
        if self.attends:
            scores = {m: self.attention["score"](torch.tanh(self.attention[m](states[m]))) for m in segment}
            shares = torch.softmax(torch.cat(list(scores.values())), 0) if scores else []
            weights = {m: 0.0 for m in self.order} | dict(zip(scores, len(self.order) * shares))
        joined = torch.cat([weights[m] * states[m] for m in self.order])
        return self.head(joined)


def main(folder):
    segments = json.loads((folder / "segments.json").read_text())
    logits = {}
    for fusion in ("concatenation", "attention", "attention-sum", "additive", "pooled"):
        config = json.loads((folder / fusion / "config.json").read_text())["model"]
        tensors = safetensors(folder / fusion / "model.safetensors")
        model = Model(config).eval()
        scaling = {n: tensors.pop(n) for n in list(tensors) if n.startswith("standardization.")}
        for name in [n for n in tensors if n.startswith("term_means.")]:
            tensors.pop(name)
        model.load_state_dict(tensors, strict=True)
        outputs = []
        for segment in segments:
            rows = {
                m: (torch.tensor(x, dtype=torch.float32).reshape(-1, config["inputs"][m])
                    - scaling[f"standardization.{m}.mean"]) * scaling[f"standardization.{m}.scale"]
                for m, x in segment.items()
            }
            outputs.append(model(rows))
        logits[fusion] = [o if isinstance(o, dict) else o.double().tolist() for o in outputs]
        if fusion == "pooled":
            all_logits = torch.stack(outputs)
            torch.nn.functional.binary_cross_entropy_with_logits(all_logits, torch.zeros_like(all_logits)).backward()
            gradients = {name: p.grad for name, p in model.named_parameters()}
            write_safetensors(folder / "gradients.safetensors", gradients)
    (folder / "logits.json").write_text(json.dumps(logits, indent=1) + "\n")


main(Path(sys.argv[1]))
