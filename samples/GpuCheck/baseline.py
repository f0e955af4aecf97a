#!/usr/bin/env python3
"""Measures PyTorch on the shapes that gpucheck measures, and writes the same columns.

A step is what gpucheck's is: embedding, two LSTM layers, softmax, cross-entropy summed over time and averaged over rows,
gradients clipped at a norm of 5, SGD; the state goes from step to step. Three ways to write the layers:

  lstm        nn.LSTM (cuDNN on a GPU), ordinary dropout between the layers: no recurrent dropout, which cuDNN has not
  loop        nn.LSTMCell step by step, with dropout on the recurrent connections too, drawn anew at every step for every row
  loop-graph  the same loop, captured once as a CUDA graph and run again

Times are taken by CUDA events around each step, 20 warm-ups and the median of 200, in two passes; host_ms is a whole call,
waited for. With --device cpu a clock takes the events' place: that is to try this script out, not to compare.
"""
import argparse
import csv
import shlex
import statistics
import subprocess
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("baseline.py needs PyTorch: python3 -m pip install torch")

COLUMNS = [
    "program", "model", "units", "layers", "steps", "batch", "vocabulary", "regime", "precision", "step_ms", "spread", "host_ms", "tokens_per_s",
    "speedup", "memory_mib", "device", "driver", "software", "command",
]
# name: units, dropout, range of first values, time steps, words
MODELS = {
    "medium": (650, 0.5, 0.05, 35, 10_000),
    "large": (1500, 0.65, 0.04, 35, 10_000),
    "h1150": (1150, 0.5, 0.05, 35, 10_000),
    "tiny": (16, 0.5, 0.1, 5, 50),
}
REGIMES = ["lstm", "loop", "loop-graph"]
WINDOWS = 8
RATE = 1e-6  # so small that ten thousand steps on random tokens change no loss that one could see
CLIP = 5.0


class LstmModel(nn.Module):
    """The model as a PyTorch user writes it first: nn.LSTM with dropout between layers, around it, and none inside."""

    def __init__(self, words, units, drop):
        super().__init__()
        self.table = nn.Embedding(words, units)
        self.memory = nn.LSTM(units, units, num_layers=2, dropout=drop)
        self.drop = nn.Dropout(drop)
        self.head = nn.Linear(units, words)

    def forward(self, tokens, state):
        y, state = self.memory(self.drop(self.table(tokens)), (state[0], state[1]))
        return self.head(self.drop(y)), state


class LoopModel(nn.Module):
    """The model with dropout on the recurrent connections, which takes a loop: every step has masks of its own."""

    def __init__(self, words, units, drop):
        super().__init__()
        self.table = nn.Embedding(words, units)
        self.cells = nn.ModuleList(nn.LSTMCell(units, units) for _ in range(2))
        self.drop = nn.Dropout(drop)
        self.head = nn.Linear(units, words)

    def forward(self, tokens, state):
        x = self.table(tokens)
        h, c = list(state[0]), list(state[1])
        outputs = []
        for step in x:
            for layer, cell in enumerate(self.cells):
                h[layer], c[layer] = cell(self.drop(step), (self.drop(h[layer]), c[layer]))
                step = h[layer]
            outputs.append(step)
        return self.head(self.drop(torch.stack(outputs))), (torch.stack(h), torch.stack(c))


class Trainer:
    """Trains one model on windows of random tokens; every buffer stays where it is, so that a graph can be captured."""

    def __init__(self, regime, shape, batch, device):
        units, drop, first, steps, words = shape
        torch.manual_seed(1)
        self.device = device
        self.model = (LstmModel if regime == "lstm" else LoopModel)(words, units, drop).to(device)
        with torch.no_grad():
            for parameter in self.model.parameters():
                parameter.uniform_(-first, first)
        generator = torch.Generator().manual_seed(1)
        self.windows = torch.randint(words, (WINDOWS, 2, steps, batch), generator=generator).to(device)
        self.tokens = torch.zeros((2, steps, batch), dtype=torch.long, device=device)
        self.state = torch.zeros((2, 2, batch, units), device=device)
        self.loss = torch.zeros((), device=device)
        self.parameters = list(self.model.parameters())
        self.rows = batch
        self.next = 0
        self.graph = None

    def passes(self):
        """Forward, backward, clipping and update; no value comes back to the host."""
        logits, state = self.model(self.tokens[0], self.state)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), self.tokens[1].flatten(), reduction="sum") / self.rows
        loss.backward()
        with torch.no_grad():
            gradients = [parameter.grad for parameter in self.parameters]
            norm = torch.sqrt(torch.stack([torch.sum(g * g) for g in gradients]).sum())
            scale = torch.clamp(CLIP / (norm + 1e-6), max=1.0)
            for parameter, gradient in zip(self.parameters, gradients):
                parameter.add_(gradient * scale, alpha=-RATE)
                gradient.zero_()
            self.state.copy_(torch.stack(list(state)))
            self.loss.copy_(loss)

    def capture(self):
        """Records the passes as a graph, after they have run on another stream, as PyTorch asks for."""
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self.step()
        torch.cuda.current_stream().wait_stream(side)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.passes()

    def step(self):
        """One step on the next window."""
        self.tokens.copy_(self.windows[self.next])
        self.next = (self.next + 1) % WINDOWS
        if self.graph is None:
            self.passes()
        else:
            self.graph.replay()


def device_times(trainer, count):
    """Milliseconds of each step on the device, all of them in the queue before the first is waited for."""
    if trainer.device.type == "cpu":
        return host_times(trainer, count)
    marks = [(torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)) for _ in range(count)]
    for start, end in marks:
        start.record()
        trainer.step()
        end.record()
    torch.cuda.synchronize()
    return [start.elapsed_time(end) for start, end in marks]


def host_times(trainer, count):
    """Milliseconds of each step by the host's clock, its loss read as a training loop does."""
    times = []
    for _ in range(count):
        started = time.perf_counter()
        trainer.step()
        loss = trainer.loss.item()
        times.append(1000 * (time.perf_counter() - started))
        if loss != loss:
            sys.exit("A loss is not a number.")
    return times


def measure(regime, shape, batch, device, runs, warm_ups):
    """Step time, spread of two passes, host time, memory."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    trainer = Trainer(regime, shape, batch, device)
    if regime == "loop-graph":
        trainer.capture()
    host = host_times(trainer, warm_ups + runs)[warm_ups:]
    passes = [device_times(trainer, warm_ups + runs)[warm_ups:] for _ in range(2)]
    medians = [statistics.median(one) for one in passes]
    memory = torch.cuda.max_memory_reserved() / 2**20 if device.type == "cuda" else 0
    return statistics.median(passes[0] + passes[1]), (max(medians) - min(medians)) / min(medians), statistics.median(host), memory


def set_precision(precision):
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.allow_tf32 = precision == "tf32"


def driver():
    """The NVIDIA driver's version, where nvidia-smi tells it."""
    try:
        answer = subprocess.run(["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"], capture_output=True, text=True, check=True)
        return answer.stdout.split("\n")[0].strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def arguments():
    parser = argparse.ArgumentParser(description="Measures PyTorch on the shapes of gpucheck.")
    parser.add_argument("--model", default="medium,large,h1150", help="medium,large,h1150 (all of them), or tiny")
    parser.add_argument("--batch", default="20,64,256")
    parser.add_argument("--regime", default=",".join(REGIMES), help=",".join(REGIMES))
    parser.add_argument("--precision", default="fp32,tf32")
    parser.add_argument("--steps", type=int, default=200, help="measured steps of a pass (200)")
    parser.add_argument("--device", default="cuda", help="cuda, cuda:1, ... or cpu")
    parser.add_argument("--csv", help="write the rows to a file")
    options = parser.parse_args()
    for names, known in ((options.model, MODELS), (options.regime, REGIMES), (options.precision, ["fp32", "tf32"])):
        for name in names.split(","):
            if name not in known:
                parser.error(f"there is no '{name}'; use {', '.join(known)}")
    return options


def main():
    options = arguments()
    device = torch.device(options.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        print("PyTorch finds no CUDA device: check nvidia-smi, and that this PyTorch is built for CUDA; --device cpu tries the script out.", file=sys.stderr)
        return 3
    if device.type == "cuda":
        torch.cuda.set_device(device)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu"
    software = f"PyTorch {torch.__version__}" + (f" CUDA {torch.version.cuda}" if device.type == "cuda" else "")
    common = {"program": "pytorch", "layers": 2, "device": name, "driver": driver(), "software": software, "command": shlex.join(["baseline.py", *sys.argv[1:]])}
    file = open(options.csv, "w", newline="", encoding="utf-8") if options.csv else None
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n") if file else None
    if writer:
        writer.writeheader()
    print(f"baseline: {name}, {software}; medians of {options.steps} steps")
    print(f"{'model':7}  {'B':>4}  {'products':8}  {'regime':10}  {'step ms':>9}  {'spread %':>8}  {'call ms':>9}  {'tokens/s':>10}  {'times lstm':>10}  {'MiB':>7}")
    for model in options.model.split(","):
        units, _, _, steps, words = MODELS[model]
        for batch in map(int, options.batch.split(",")):
            for precision in options.precision.split(","):
                set_precision(precision)
                first = None
                for regime in options.regime.split(","):
                    if regime == "loop-graph" and device.type == "cpu":
                        continue
                    step, spread, host, memory = measure(regime, MODELS[model], batch, device, options.steps, min(20, options.steps))
                    first = first or step
                    tokens = batch * steps * 1000 / host
                    print(
                        f"{model:7}  {batch:4}  {precision:8}  {regime:10}  {step:9.3f}  {100 * spread:8.1f}  {host:9.3f}  {tokens:10,.0f}  {first / step:10.2f}  {memory:7,.0f}",
                        flush=True)
                    if writer:
                        writer.writerow({
                            **common, "model": model, "units": units, "steps": steps, "batch": batch, "vocabulary": words, "regime": regime, "precision": precision,
                            "step_ms": round(step, 5), "spread": round(spread, 5), "host_ms": round(host, 5), "tokens_per_s": int(tokens),
                            "speedup": round(first / step, 5), "memory_mib": int(memory)})
                        file.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
