"""The PyTorch peer of the GPU benchmarks: nn.LSTM and the recipe's training step, on the same GPU in the same run.

    python3 gpu_peer.py [--device cuda] [--cases 16x300,64x150] [--samples 30] [--tf32] [--tiny]

Prints a line of JSON for each case, in the form that our benchmarks print theirs: medians in milliseconds, by the GPU's
clock and by the wall's. Features lie on the GPU already, unless a line says "upload"; ours always come from the host.
Inputs rotate, so that no cache holds them. On the CPU both clocks are the wall's.
"""

import argparse
import json
import statistics
import sys
import time

try:
    import torch
except ImportError:
    sys.exit("gpu_peer: PyTorch is not installed")

WIDTHS = {"text": 300, "audio": 74, "visual": 713}
RATES = {"text": 2.75, "audio": 100.0, "visual": 30.0}
HIDDEN = 128
ROTATED = 3


class Clock:
    """Times a function that takes the number of the call."""

    def __init__(self, device, samples):
        self.device = device
        self.samples = samples

    def measure(self, work):
        for i in range(3):
            work(i)
        gpu, wall = [], []
        for i in range(self.samples):
            self.wait()
            began = time.perf_counter()
            if self.device.type == "cuda":
                start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
                start.record()
                work(i)
                end.record()
                self.wait()
                gpu.append(start.elapsed_time(end))
            else:
                work(i)
            wall.append((time.perf_counter() - began) * 1e3)
        return statistics.median(gpu or wall), statistics.median(wall)

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize()


class Encoders(torch.nn.Module):
    """A bidirectional LSTM for each modality; returns concatenated states [B, 2H]."""

    def __init__(self, modalities):
        super().__init__()
        self.lstms = torch.nn.ModuleDict(
            {m: torch.nn.LSTM(WIDTHS[m], HIDDEN, batch_first=True, bidirectional=True) for m in modalities}
        )

    def forward(self, batch):
        return torch.cat([lstm(batch[m])[1][0].transpose(0, 1).flatten(1) for m, lstm in self.lstms.items()], 1)


class Recipe(torch.nn.Module):
    """The encoders and the baseline's head."""

    def __init__(self):
        super().__init__()
        self.encoders = Encoders(WIDTHS)
        self.head = torch.nn.Sequential(
            torch.nn.Linear(6 * HIDDEN, 256), torch.nn.ReLU(), torch.nn.Dropout(0.3), torch.nn.Linear(256, 6)
        )

    def forward(self, batch):
        return self.head(self.encoders(batch))


def packed(batch, lengths):
    pack = torch.nn.utils.rnn.pack_padded_sequence
    return {m: pack(x, lengths[m], batch_first=True, enforce_sorted=False) for m, x in batch.items()}


def full_lengths(modalities, rows, steps):
    return {m: torch.full((rows,), steps) for m in modalities}


def mosei_lengths(rows, steps):
    """Lognormal durations with median 6.5 s, at the modalities' rates, truncated to `steps`."""
    seconds = 6.5 * torch.exp(0.5645 * torch.randn(rows))
    return {m: torch.ceil(seconds * rate).clamp(1, steps).long() for m, rate in RATES.items()}


def noise(modalities, lengths, device):
    return {m: torch.randn(len(lengths[m]), int(lengths[m].max()), WIDTHS[m], device=device) for m in modalities}


def graphed(work, static, batches):
    """Captures work on fixed inputs as a graph; a call copies its batch to the inputs and replays the graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            work(static)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        work(static)

    def replay(i):
        for m, x in batches[i % ROTATED].items():
            static[m].copy_(x)
        graph.replay()

    return replay


def rotating(work, batches):
    return lambda i: work(batches[i % ROTATED])


class Report:
    """Prints a line for each case; a case that fails is reported in its line."""

    def __init__(self, clock, tf32):
        self.clock = clock
        self.tf32 = tf32

    def line(self, what, how, modality, rows, steps, make):
        line = {"side": "torch", "what": what, "how": how + (" tf32" if self.tf32 else ""), "modality": modality}
        line.update(rows=rows, steps=steps, samples=self.clock.samples, torch=torch.__version__)
        try:
            device_ms, wall_ms = self.clock.measure(make())
            line.update(device_ms=device_ms, wall_ms=wall_ms)
        except Exception as error:  # an unsupported capture must not stop the run
            line["failed"] = (str(error).splitlines() or [type(error).__name__])[0][:200]
        print(json.dumps(line), flush=True)


def lstm_cases(report, device, modality, rows, steps):
    modalities = list(WIDTHS) if modality == "all" else [modality]
    model = Encoders(modalities).to(device)
    lengths = full_lengths(modalities, rows, steps)
    batches = [noise(modalities, lengths, device) for _ in range(ROTATED)]
    ragged = [packed(batch, lengths) for batch in batches]

    def inference(batch):
        with torch.no_grad():
            model(batch)

    def training(batch):
        model.zero_grad(set_to_none=True)
        model(batch).sum().backward()

    def captured_training(batch):
        for p in model.parameters():
            if p.grad is not None:
                p.grad.zero_()
        model(batch).sum().backward()

    for what, work, captured in ("inference", inference, inference), ("training", training, captured_training):
        report.line(what, "padded, eager", modality, rows, steps, lambda: rotating(work, batches))
        report.line(what, "packed, eager", modality, rows, steps, lambda: rotating(work, ragged))
        if device.type == "cuda":
            static = {m: x.clone() for m, x in batches[0].items()}
            report.line(what, "padded, graph", modality, rows, steps, lambda: graphed(captured, static, batches))


class Step:
    """One training step of the recipe: forward, loss, backward, clipping, AdamW."""

    def __init__(self, device, targets):
        self.model = Recipe().to(device)
        on_gpu = device.type == "cuda"
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-4, capturable=on_gpu)
        self.loss = torch.nn.BCEWithLogitsLoss()
        self.targets = targets
        self.keep_gradients = False

    def __call__(self, batch):
        self.optimizer.zero_grad(set_to_none=not self.keep_gradients)
        self.loss(self.model(batch), self.targets).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()


def step_cases(report, device, rows, steps):
    on_gpu = device.type == "cuda"
    targets = (torch.rand(rows, 6) > 0.7).float().to(device)
    for name, lengths in ("full", full_lengths(WIDTHS, rows, steps)), ("mosei", mosei_lengths(rows, steps)):
        what = "step " + name
        host = [noise(WIDTHS, lengths, "cpu") for _ in range(ROTATED)]
        host = [{m: x.pin_memory() if on_gpu else x for m, x in batch.items()} for batch in host]
        batches = [{m: x.to(device) for m, x in batch.items()} for batch in host]
        ragged = [packed(batch, lengths) for batch in batches]
        step = Step(device, targets)

        def uploading(i):
            step({m: x.to(device, non_blocking=True) for m, x in host[i % ROTATED].items()})

        report.line(what, "padded, eager", "all", rows, steps, lambda: rotating(step, batches))
        report.line(what, "padded, eager, upload", "all", rows, steps, lambda: uploading)
        report.line(what, "packed, eager", "all", rows, steps, lambda: rotating(step, ragged))
        if on_gpu:
            step = Step(device, targets)
            step.keep_gradients = True
            static = {m: x.clone() for m, x in batches[0].items()}
            report.line(what, "padded, graph", "all", rows, steps, lambda: graphed(step, static, batches))


def main():
    parser = argparse.ArgumentParser(description="PyTorch's times for our GPU benchmarks")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--cases", default="1x300,16x50,16x300,64x300,256x300", help="rows x steps, separated by commas")
    parser.add_argument("--modalities", default="text,audio,visual,all")
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--tf32", action="store_true", help="allow TF32 in cuDNN and cuBLAS")
    parser.add_argument("--tiny", action="store_true", help="run one small case, to test the script")
    options = parser.parse_args()
    if options.device == "cuda" and not torch.cuda.is_available():
        sys.exit("gpu_peer: PyTorch finds no GPU")
    if options.tiny:
        options.cases, options.samples = "2x5", 2
    torch.backends.cudnn.allow_tf32 = options.tf32
    torch.backends.cuda.matmul.allow_tf32 = options.tf32
    torch.manual_seed(0)
    device = torch.device(options.device)
    report = Report(Clock(device, options.samples), options.tf32)
    cases = [tuple(int(n) for n in case.split("x")) for case in options.cases.split(",")]
    rows, steps = (2, 5) if options.tiny else (16, 300)
    step_cases(report, device, rows, steps)
    for rows, steps in cases:
        for modality in options.modalities.split(","):
            lstm_cases(report, device, modality, rows, steps)


if __name__ == "__main__":
    main()
