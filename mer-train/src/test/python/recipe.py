"""Trains by the published recipe in PyTorch, in small sizes, and writes the loss curves.

    python3 mer-train/src/test/python/recipe.py

rewrites mer-train/src/test/resources/dev/mer4j/train/recipe.json, which RecipeTest compares with preset `paper`; made with
PyTorch 1.13.0 and scikit-learn 1.2.1. Data, initial parameters, order of the batches, modality dropout and head dropout are
drawn from the random streams of mer4j, so that both train on the same numbers.
"""

import json
import math
import sys
from pathlib import Path

import torch
from sklearn.metrics import f1_score
from torch import nn
from torch.nn.utils.rnn import pad_sequence

ROOT = Path(__file__).parents[4]
sys.path.insert(0, str(ROOT / "mer-data/src/test/python"))
from seed_stream import seeds

TARGET = ROOT / "mer-train/src/test/resources/dev/mer4j/train/recipe.json"
SEED = 5
WIDTHS = {"text": 5, "audio": 3, "visual": 4}
LONGEST, TRAIN, VALID = 9, 45, 19
HIDDEN, HEAD, CLASSES = 6, 10, 6
BATCH, MODALITY_DROPOUT, HEAD_DROPOUT = 16, 0.3, 0.3
CASES = [
    # fusion, learning rate, epochs, patience; the first of each fusion is the recipe's, the second learns enough to stop
    ("concatenation", 1e-4, 10, 5),
    ("concatenation", 1e-2, 40, 20),
    ("attention-sum", 1e-4, 10, 5),
    ("attention-sum", 1e-2, 40, 25),
]


def videos(name, count):
    """Features [T, D] of each modality, and the column of the highest mean score."""
    result = []
    for index in range(count):
        draws = seeds(SEED, name).at(index)
        scores = [draws.below(4) / 3 if draws.below(3) == 0 else 0.0 for _ in range(CLASSES)]
        label = scores.index(max(scores))
        features = {}
        for modality, width in WIDTHS.items():
            steps = 1 + draws.below(LONGEST)
            values = [draws.uniform(-2, 2) + 4 * scores[i % width] for i in range(steps * width)]
            features[modality] = torch.tensor(values).reshape(steps, width)
        result.append((features, label))
    return result


class Model(nn.Module):
    def __init__(self, fusion):
        super().__init__()
        self.sums = fusion == "attention-sum"
        self.encoders = nn.ModuleDict(
            {m: nn.LSTM(d, HIDDEN, batch_first=True, bidirectional=True) for m, d in WIDTHS.items()}
        )
        if self.sums:
            self.attention = nn.ModuleDict({"score": nn.Linear(2 * HIDDEN, 1, bias=False)})
        self.head = nn.Sequential(
            nn.Linear(2 * HIDDEN * (1 if self.sums else len(WIDTHS)), HEAD),
            nn.ReLU(),
            nn.Dropout(HEAD_DROPOUT),
            nn.Linear(HEAD, CLASSES),
        )
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                # The distribution of PyTorch's own initialization.
                fan_in = HIDDEN if name.startswith("encoders") else self.fan_in(name)
                bound = 1 / math.sqrt(fan_in)
                draws = seeds(SEED, "init").at(name)
                values = [draws.uniform(-bound, bound) for _ in range(parameter.numel())]
                parameter.copy_(torch.tensor(values).reshape(parameter.shape))

    def fan_in(self, name):
        if name.startswith("attention"):
            return 2 * HIDDEN
        return self.head[int(name.split(".")[1])].in_features

    def forward(self, inputs, mask=None):
        states = []
        for modality, encoder in self.encoders.items():
            _, (h, _) = encoder(inputs[modality])
            states.append(torch.cat([h[0], h[1]], 1))
        units = self.head[1](self.head[0](self.fused(states)))
        # In place of nn.Dropout, whose draws are PyTorch's.
        return self.head[3](units if mask is None else units * mask)

    def fused(self, states):
        if not self.sums:
            return torch.cat(states, 1)
        stacked = torch.stack(states, 1)  # [B, M, 2H]
        return (torch.softmax(self.attention["score"](stacked), 1) * stacked).sum(1)


def padded(batch, dtype):
    inputs = {m: pad_sequence([f[m] for f, _ in batch], batch_first=True).to(dtype) for m in WIDTHS}
    return inputs, torch.tensor([label for _, label in batch])


def dropout_mask(draws, size, dtype):
    keep = 1 / (1 - HEAD_DROPOUT)
    values = [0.0 if draws.double() < HEAD_DROPOUT else keep for _ in range(size * HEAD)]
    return torch.tensor(values, dtype=torch.float32).to(dtype).reshape(size, HEAD)


def train_epoch(model, optimizer, train, epoch, dtype):
    model.train()
    order = seeds(SEED, "shuffle").at(epoch).shuffled(len(train))
    total, norms = 0.0, []
    for step, start in enumerate(range(0, len(order), BATCH)):
        inputs, labels = padded([train[i] for i in order[start : start + BATCH]], dtype)
        for modality in WIDTHS:
            draws = seeds(SEED, "modality-dropout").at(epoch).at(step).at(modality)
            if draws.double() < MODALITY_DROPOUT:
                inputs[modality] = torch.zeros_like(inputs[modality])
        mask = dropout_mask(seeds(SEED, "head-dropout").at(epoch).at(step), len(labels), dtype)
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(model(inputs, mask), labels)
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        optimizer.step()
        total += loss.item() * len(labels)
    clipped = sum(norm > 1.0 for norm in norms) / len(norms)
    return dict(loss=total / len(train), gradientNorm=sum(norms) / len(norms), clipShare=clipped)


def validate(model, valid, dtype):
    model.eval()
    total, truth, predicted = 0.0, [], []
    with torch.no_grad():
        for start in range(0, len(valid), BATCH):
            inputs, labels = padded(valid[start : start + BATCH], dtype)
            logits = model(inputs)
            total += nn.CrossEntropyLoss(reduction="sum")(logits, labels).item()
            truth += labels.tolist()
            predicted += logits.argmax(1).tolist()
    return total / len(valid), f1_score(truth, predicted, average="macro", zero_division=0)


def run(fusion, learning_rate, epochs, patience, dtype):
    train, valid = videos("train", TRAIN), videos("valid", VALID)
    model = Model(fusion).to(dtype)
    optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate, weight_decay=0.01)
    history, best, without = [], None, 0
    for epoch in range(1, epochs + 1):
        trained = train_epoch(model, optimizer, train, epoch, dtype)
        valid_loss, macro_f1 = validate(model, valid, dtype)
        history.append({**trained, "validLoss": valid_loss, "validMacroF1": macro_f1})
        if best is None or macro_f1 > history[best - 1]["validMacroF1"]:
            best = epoch
        else:
            without += 1  # never reset
        if without >= patience:
            break
    return history, best


def distance(single, double):
    """The largest relative difference of a number of an epoch in single and double precision."""
    keys = ("loss", "gradientNorm", "validLoss")
    return max(abs(s[k] / d[k] - 1) for s, d in zip(single, double) for k in keys)


def case(fusion, learning_rate, epochs, patience):
    history, best = run(fusion, learning_rate, epochs, patience, torch.float32)
    double, _ = run(fusion, learning_rate, epochs, patience, torch.float64)
    return {
        "fusion": fusion,
        "learningRate": learning_rate,
        "epochs": epochs,
        "patience": patience,
        "bestEpoch": best,
        "distanceFromDouble": distance(history, double),
        "history": history,
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    TARGET.write_text(json.dumps([case(*each) for each in CASES], indent=1) + "\n")
