#!/usr/bin/python3
"""Writes ten_losses.json: ten losses and the first gradients of a seeded two-layer model with structured dropout.

Everything is computed here again, from the papers and the documented keys: Philox4x32-10, the first weights, the masks, the model (in double
precision, with PyTorch's own differentiation), clipping and the updates. Nothing is read from the product.

    /usr/bin/python3 ten_losses.py > ten_losses.json
"""
import json
import math
import struct

import torch

SEED, STEPS, T, B = 20, 10, 4, 3
VOCABULARY, WIDTH, UNITS = 11, 6, 5
RANGE, RATE, CLIP = 0.3, 1.0, 1.0
MASK32, MASK64 = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF


def mix(z):
    """The finaliser of SplitMix64."""
    z = (z + 0x9E3779B97F4A7C15) & MASK64
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
    return z ^ (z >> 31)


def key_of(purpose):
    return mix(mix(SEED) ^ mix((purpose + 0x9E3779B97F4A7C15) & MASK64))


def philox(key, counter):
    """Salmon et al. 2011: ten rounds, four words."""
    c0, c1, c2, c3 = counter
    k0, k1 = key & MASK32, key >> 32
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & MASK32, (p0 >> 32) ^ c3 ^ k1, p0 & MASK32
        k0, k1 = (k0 + 0x9E3779B9) & MASK32, (k1 + 0xBB67AE85) & MASK32
    return c0, c1, c2, c3


def words(key, count, c1=0, c2=0, c3=0):
    return [word for block in range((count + 3) // 4) for word in philox(key, (block, c1, c2, c3))][:count]


def as_float(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def first_values(index, *shape):
    """Uniform in [-RANGE, RANGE), as 32-bit floats."""
    values = [as_float(as_float(RANGE) * (2 * (word >> 8) / 2**24 - 1)) for word in words(key_of(index), math.prod(shape))]
    return torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()


def mask(layer, site, step, t, units, rate):
    """Selection sampling of exactly round((1-p)n) units; what is kept is multiplied by n/kept."""
    kept = math.floor((1 - rate) * units + 0.5)
    key = key_of(1 << 56 | layer << 36 | site << 32 | step >> 32)
    chosen, scale = [], as_float(units / kept)
    for unit, word in enumerate(words(key, units, c2=t, c3=step & MASK32)):
        if word * (units - unit) >> 32 < kept - len(chosen):
            chosen.append(unit)
    return torch.tensor([scale if unit in chosen else 0.0 for unit in range(units)], dtype=torch.float64)


INPUT, RECURRENT = 1, 2
parameters = {
    "Words.weight": first_values(0, VOCABULARY, WIDTH),
    "Lower.weight_ih_l0": first_values(1, 4 * UNITS, WIDTH),
    "Lower.weight_hh_l0": first_values(2, 4 * UNITS, UNITS),
    "Lower.bias_ih_l0": first_values(3, 4 * UNITS),
    "Upper.weight_ih_l0": first_values(4, 4 * UNITS, UNITS),
    "Upper.weight_hh_l0": first_values(5, 4 * UNITS, UNITS),
    "Upper.bias_ih_l0": first_values(6, 4 * UNITS),
    "Next.weight": first_values(7, VOCABULARY, UNITS),
    "Next.bias": first_values(8, VOCABULARY),
}


def cell(name, x, h, c):
    a = x @ parameters[name + ".weight_ih_l0"].T + h @ parameters[name + ".weight_hh_l0"].T + parameters[name + ".bias_ih_l0"]
    i, f, g, o = a.chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def token(step, t, b):
    return (step * T + t) * (b + 2) % VOCABULARY


losses, gradients = [], {}
state = {name: torch.zeros(B, UNITS, dtype=torch.float64) for name in ("h1", "c1", "h2", "c2")}
for step in range(STEPS):
    h1, c1, h2, c2 = (state[name] for name in ("h1", "c1", "h2", "c2"))
    loss = 0
    for t in range(T):
        x = parameters["Words.weight"][[token(step, t, b) for b in range(B)]]
        h1, c1 = cell("Lower", x * mask(1, INPUT, step, t, WIDTH, 0.5), h1 * mask(1, RECURRENT, step, t, UNITS, 0.4), c1)
        h2, c2 = cell("Upper", h1 * mask(2, INPUT, step, t, UNITS, 0.5), h2 * mask(2, RECURRENT, step, t, UNITS, 0.4), c2)
        logits = (h2 * mask(3, INPUT, step, t, UNITS, 0.5)) @ parameters["Next.weight"].T + parameters["Next.bias"]
        targets = torch.tensor([token(step, t + 1, b) for b in range(B)])
        loss = loss + torch.nn.functional.cross_entropy(logits, targets, reduction="sum") / B
    for parameter in parameters.values():
        parameter.grad = None
    loss.backward()
    losses.append(loss.item())
    if step == 0:
        gradients = {name: parameter.grad.flatten().tolist() for name, parameter in parameters.items()}
    norm = math.sqrt(sum(parameter.grad.square().sum().item() for parameter in parameters.values()))
    with torch.no_grad():
        for parameter in parameters.values():
            parameter -= RATE * min(1, CLIP / norm) * parameter.grad
    state = {"h1": h1.detach(), "c1": c1.detach(), "h2": h2.detach(), "c2": c2.detach()}

print(json.dumps({
    "losses": [float(f"{loss:.10g}") for loss in losses],
    "gradients": {name: [float(f"{value:.7g}") for value in values] for name, values in gradients.items()},
}, indent=1))
