"""Times the recipe's training step and inference in this Python's PyTorch, eager, on all cores.

Usage: torch_step.py SECONDS. Prints the medians in milliseconds in the JSON format of JMH.
"""
import json
import os
import statistics
import sys
import time

import torch

BATCH, STEPS, HIDDEN = 16, 300, 128
WIDTHS = [300, 74, 713]


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoders = torch.nn.ModuleList(
            torch.nn.LSTM(width, HIDDEN, batch_first=True, bidirectional=True) for width in WIDTHS)
        self.head = torch.nn.Sequential(
            torch.nn.Linear(2 * HIDDEN * len(WIDTHS), 256), torch.nn.ReLU(), torch.nn.Dropout(0.3),
            torch.nn.Linear(256, 6))

    def states(self, inputs):
        last = [encoder(x)[1][0] for encoder, x in zip(self.encoders, inputs)]
        return torch.cat([h.permute(1, 0, 2).reshape(BATCH, -1) for h in last], 1)


def median(seconds, work):
    work()
    times = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        began = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - began))
    return statistics.median(times)


def main():
    seconds = float(sys.argv[1])
    torch.manual_seed(1)
    torch.set_num_threads(os.cpu_count())
    torch.set_flush_denormal(True)  # The default is up to 20 times as slow on Intel's processors.
    network = Network()
    inputs = [torch.randn(BATCH, STEPS, width) for width in WIDTHS]
    targets = (torch.randn(BATCH, 6) > 0).float()
    optimizer = torch.optim.AdamW(network.parameters())

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            network.head(network.states(inputs)), targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()

    def encoders():
        optimizer.zero_grad()
        network.states(inputs).sum().backward()

    def inference():
        with torch.no_grad():
            network.states(inputs)

    print("PyTorch " + torch.__version__, file=sys.stderr)
    times = {"step": step, "encoders": encoders, "inference": inference}
    print(json.dumps([{
        "benchmark": "pytorch." + name,
        "params": {"rows": str(BATCH)},
        "primaryMetric": {"scorePercentiles": {"50.0": median(seconds, work)}}}
        for name, work in times.items()]))


if __name__ == "__main__":
    main()
