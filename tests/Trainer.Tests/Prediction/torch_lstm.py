#!/usr/bin/python3
"""Loads the stack "Memory" of a safetensors file into torch.nn.LSTM, runs a batch of series through it and prints its outputs as JSON.

    torch_lstm.py weights.safetensors inputs.json        inputs: {"steps", "rows", "width", "values"}, values time-major
"""
import json
import struct
import sys

import torch


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    return {
        name: torch.frombuffer(bytearray(data[slice(*entry["data_offsets"])]), dtype=torch.float32).reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"
    }


tensors = read_safetensors(sys.argv[1])
memory = {name[len("Memory."):]: tensor for name, tensor in tensors.items() if name.startswith("Memory.")}
both = any(name.endswith("_reverse") for name in memory)
layers = sum(name.startswith("weight_hh") and not name.endswith("_reverse") for name in memory)
lstm = torch.nn.LSTM(memory["weight_ih_l0"].shape[1], memory["weight_hh_l0"].shape[1], layers, bidirectional=both)
lstm.load_state_dict(memory)  # strict: every name and shape has to be PyTorch's

with open(sys.argv[2]) as file:
    inputs = json.load(file)
x = torch.tensor(inputs["values"]).reshape(inputs["steps"], inputs["rows"], inputs["width"])
with torch.no_grad():
    y, (h, c) = lstm(x)
    y = torch.nn.functional.linear(y, tensors["Output.weight"], tensors["Output.bias"])
print(json.dumps({"outputs": y.flatten().tolist(), "hidden": h.flatten().tolist(), "cell": c.flatten().tolist()}))
