"""Compares results of harness.c with PyTorch's LSTM in double precision. Usage: check_kernels.py FILE..."""

import sys

import numpy as np
import torch

# The error is about 1e-7 per step, rows have up to 40 steps, and tanh near zero is a difference of numbers near one.
TOLERANCE = 4e-6


class Reader:
    def __init__(self, content):
        self.content, self.at = content, 0

    def take(self, kind, *shape):
        count = int(np.prod(shape))
        values = np.frombuffer(self.content, kind, count, self.at)
        self.at += values.nbytes
        return values.reshape(shape)

    def doubles(self, *shape):
        return torch.tensor(self.take(np.float32, *shape).astype(np.float64))

    def ended(self):
        return self.at == len(self.content)


def distance(found, expected):
    return float((found - expected).norm() / expected.norm())


def direction(reader, reverse, x, lengths, width, hidden):
    """Returns the distances of the states and of the gradients of one direction."""
    batch = len(lengths)
    weights, recurrent = reader.doubles(4 * hidden, width), reader.doubles(4 * hidden, hidden)
    bias, upstream = reader.doubles(4 * hidden), reader.doubles(batch, hidden)
    lstm = torch.nn.LSTM(width, hidden).double()
    with torch.no_grad():
        lstm.weight_ih_l0[:], lstm.weight_hh_l0[:] = weights, recurrent
        lstm.bias_ih_l0[:], lstm.bias_hh_l0[:] = bias, 0
    rows = [row.flip(0) if reverse else row for row in x]
    packed = torch.nn.utils.rnn.pack_sequence(rows)
    states = lstm(packed)[1][0][0]
    (states * upstream).sum().backward()
    distances = {"states": distance(reader.doubles(batch, hidden), states)}
    for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0"):
        expected = getattr(lstm, name).grad
        # One step has no previous state.
        if expected.norm() > 0:
            distances[name] = distance(reader.doubles(*expected.shape), expected)
        else:
            assert reader.doubles(*expected.shape).norm() == 0
    return distances


def check(name):
    with open(name, "rb") as file:
        reader = Reader(file.read())
    label = bytes(reader.take(np.uint8, 8)).rstrip(b"\0").decode()
    worst = 0
    while not reader.ended():
        width, hidden, batch, steps = (int(i) for i in reader.take(np.int32, 4))
        lengths = reader.take(np.int32, batch)
        counts = [int((lengths > t).sum()) for t in range(steps)]
        values = reader.doubles(sum(counts), width)
        starts = np.cumsum([0] + counts)
        x = [torch.stack([values[starts[t] + r] for t in range(lengths[r])]) for r in range(batch)]
        for reverse in (False, True):
            distances = direction(reader, reverse, x, lengths, width, hidden)
            worst = max(worst, *distances.values())
    print(f"{name}: {label}, distance to PyTorch up to {worst:.1e}")
    return worst < TOLERANCE


sys.exit(0 if all([check(name) for name in sys.argv[1:]]) else 1)
