"""Writes optimizers.safetensors: what torch.optim makes of 20 gradients, in float64 (PyTorch 1.13).

    w        (24)      the weights of the start
    g        (20, 24)  a gradient for each update, from 1e-6 to 1e3 in size
    expect.NAME        (20, 24)  the weights after each update, learning rate 0.01
    expect.NAME.decay  the same with torch.optim.lr_scheduler.ExponentialLR, gamma 0.9
"""
import json
import os
import struct

import torch

OPTIMIZERS = {
    "sgd": lambda w: torch.optim.SGD([w], lr=0.01),
    "momentum": lambda w: torch.optim.SGD([w], lr=0.01, momentum=0.9),
    "nesterov": lambda w: torch.optim.SGD([w], lr=0.01, momentum=0.9, nesterov=True),
    "rmsprop": lambda w: torch.optim.RMSprop([w], lr=0.01),
    "adam": lambda w: torch.optim.Adam([w], lr=0.01),
    "adamw": lambda w: torch.optim.AdamW([w], lr=0.01),
}


def trained(name, start, gradients, gamma):
    w = start.clone().requires_grad_(True)
    optimizer = OPTIMIZERS[name](w)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma)
    rows = []
    for g in gradients:
        w.grad = g.clone()
        optimizer.step()
        schedule.step()
        rows.append(w.detach().clone())
    return torch.stack(rows)


def write(path, tensors):
    header, data = {"__metadata__": {"kind": "optimizers"}}, b""
    for name, tensor in tensors.items():
        raw = struct.pack(f"<{tensor.numel()}d", *tensor.flatten().tolist())
        header[name] = {"dtype": "F64", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    torch.manual_seed(1)
    w = torch.randn(24, dtype=torch.float64)
    g = torch.randn(20, 24, dtype=torch.float64) * torch.logspace(-6, 3, 24, dtype=torch.float64)
    tensors = {"w": w, "g": g}
    for name in OPTIMIZERS:
        tensors[f"expect.{name}"] = trained(name, w, g, 1.0)
        tensors[f"expect.{name}.decay"] = trained(name, w, g, 0.9)
    write(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizers.safetensors"), tensors)


main()
