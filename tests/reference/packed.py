"""Writes *_packed*.safetensors: sequences of several lengths, as torch.nn makes of them with pack_padded_sequence, in
float64 (PyTorch 1.13). The form is that of the README, and beside it

    length  (B)  time steps of each sequence; nothing behind counts

Of the hidden states there is only the last layer's; `expect.y` is 0 behind a sequence's end.
"""
import json
import os
import struct

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

T, B, X, H, Y = 9, 4, 3, 5, 4
LENGTHS = [4, 9, 1, 7]
CASES = [("rnn", 1, False), ("lstm", 2, False), ("gru", 1, True), ("lstm", 2, True)]
MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


def write(path, metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    for name, (kind, tensor) in tensors.items():
        code = "d" if kind == "F64" else "f"
        raw = struct.pack(f"<{tensor.numel()}{code}", *tensor.flatten().tolist())
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def single(tensor):
    """The tensor as a file in F32 holds it."""
    return tensor.float().double()


def network(cell, layers, both):
    rnn = MODULES[cell](X, H, layers, bidirectional=both).double()
    out = torch.nn.Linear(H * (2 if both else 1), Y).double()
    for parameter in [*rnn.parameters(), *out.parameters()]:
        parameter.data = single(parameter.data * 2)
    return rnn, out


def make(folder, cell, layers, both):
    rnn, out = network(cell, layers, both)
    x, target = single(torch.randn(T, B, X).double()), torch.randint(Y, (T, B))
    mask = (torch.arange(T)[:, None] < torch.tensor(LENGTHS)[None, :]).double()
    packed = pack_padded_sequence(x, LENGTHS, enforce_sorted=False)
    h, _ = pad_packed_sequence(rnn(packed)[0], total_length=T)
    y = out(h) * mask[:, :, None]
    losses = torch.nn.functional.cross_entropy(y.reshape(T * B, Y), target.reshape(T * B), reduction="none")
    loss = (losses.reshape(T, B) * mask).sum() / B
    loss.backward()
    tensors = {"x": ("F32", x), "target": ("F32", target), "length": ("F32", torch.tensor(LENGTHS))}
    squares = 0
    for prefix, module in (("rnn", rnn), ("out", out)):
        for name, parameter in module.named_parameters():
            tensors[f"{prefix}.{name}"] = ("F32", parameter.data)
            tensors[f"expect.grad.{prefix}.{name}"] = ("F64", parameter.grad)
            squares = squares + (parameter.grad ** 2).sum()
    tensors["expect.y"] = ("F64", y.detach())
    tensors["expect.loss"] = ("F64", loss.detach().reshape(1))
    tensors["expect.grad_norm"] = ("F64", squares.sqrt().reshape(1))
    metadata = {"cell": cell, "nonlinearity": "tanh", "loss": "cross_entropy", "scored": "all", "layers": str(layers),
                "bidirectional": "true" if both else "false"}
    name = f"{cell}_packed{'_stacked2' if layers > 1 else ''}{'_bidirectional' if both else ''}"
    write(os.path.join(folder, name + ".safetensors"), metadata, tensors)


def main():
    torch.manual_seed(2)
    for case in CASES:
        make(os.path.dirname(os.path.abspath(__file__)), *case)


main()
