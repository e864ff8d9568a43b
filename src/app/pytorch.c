#include "app/pytorch.h"

#include <string.h>

#include "base/text.h"
#include "sim/choices.h"

// ---- what PyTorch has -----------------------------------------------------------------------------------------------
static const char *module_of(const Run *run)
{
    const char *cell = run->program.net.cell->name;
    OpKind activation = run->program.net.activation;
    if (strcmp(cell, "lstm") == 0)
        return "LSTM";
    if (strcmp(cell, "gru") == 0)
        return "GRU";
    return strcmp(cell, "rnn") == 0 && (activation == OP_TANH || activation == OP_RELU) ? "RNN" : NULL;
}

bool pytorch_possible(App *app, Err *err)
{
    const Run *run = &app->session.runs[0];
    const CellType *cell = run->program.net.cell;
    if (!module_of(run) && strcmp(cell->name, "rnn") == 0)
        return refuse(err, "torch.nn.RNN has no activation %s, only tanh and relu",
                      activation_name(run->setup.activation));
    if (!module_of(run))
        return refuse(err, "torch.nn has no cell %s, only rnn, lstm and gru", cell->name);
    if (freeze_slot(run->setup.freeze, cell) != NONE)
        return refuse(err, "torch.nn can hold no gate, and freeze is %s", freeze_name(run->setup.freeze));
    return !run->setup.carry || refuse(err, "a carried state is not in the file that save writes; set carry off");
}

// ---- the program ----------------------------------------------------------------------------------------------------
static const char opening[] =
    "\"\"\"The network of unroll in PyTorch: loss and gradient norm of the batch in the file that save writes.\n"
    "\n"
    "They are unroll's where the file is saved before the weights change: op -1; save network.safetensors\n"
    "\"\"\"\n"
    "import json\n"
    "import struct\n"
    "import sys\n"
    "\n"
    "import torch\n"
    "from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence\n"
    "\n"
    "\n"
    "def tensors(path):\n"
    "    data = open(path, \"rb\").read()\n"
    "    first = 8 + struct.unpack(\"<Q\", data[:8])[0]\n"
    "    header = json.loads(data[8:first])\n"
    "    texts = header.pop(\"__metadata__\", {})\n"
    "    found = {}\n"
    "    for name, entry in header.items():\n"
    "        begin, end = entry[\"data_offsets\"]\n"
    "        numbers = torch.frombuffer(bytearray(data[first + begin:first + end]), dtype=torch.float64)\n"
    "        found[name] = numbers.reshape(entry[\"shape\"])\n"
    "    return found, texts\n"
    "\n"
    "\n"
    "torch.set_default_dtype(torch.float64)\n"
    "path = sys.argv[1] if len(sys.argv) > 1 else \"network.safetensors\"\n"
    "file, texts = tensors(path)\n"
    "if \"x\" not in file:\n"
    "    sys.exit(f\"{path} holds no batch: it was saved before an update was begun. \"\n"
    "             \"In unroll: train 1; op -1, then save again.\")\n"
    "if texts.get(\"weights\") == \"changed\":\n"
    "    print(f\"{path} was saved after its batch had changed the weights: these numbers are those of the changed \"\n"
    "          \"weights, not unroll's. For the same ones in unroll: op -1, then save again.\", file=sys.stderr)\n";

static const char closing[] =
    "rnn.load_state_dict({name[4:]: value for name, value in file.items() if name.startswith(\"rnn.\")})\n"
    "out.load_state_dict({name[4:]: value for name, value in file.items() if name.startswith(\"out.\")})\n"
    "\n"
    "x, target, scored = file[\"x\"], file[\"target\"], file[\"scored\"]\n"
    "packed = pack_padded_sequence(x, file[\"length\"].long(), enforce_sorted=False)\n"
    "h, _ = pad_packed_sequence(rnn(packed)[0], total_length=x.shape[0])\n"
    "each = loss_of(out(h), target) * scored\n"
    "(each.sum() / x.shape[1]).backward()\n"
    "squares = sum((p.grad ** 2).sum() for p in [*rnn.parameters(), *out.parameters()])\n"
    "print(\"loss\", float(each.sum() / scored.sum()))\n"
    "print(\"gradient_norm\", float(squares.sqrt()))";

static const char *python(bool value)
{
    return value ? "True" : "False";
}

static void add_network(Text *text, const Run *run)
{
    const Net *net = &run->program.net;
    text_add(text, "rnn = torch.nn.%s(%d, %d, num_layers=%d, bias=%s, bidirectional=%s", module_of(run), net->dims.X,
             net->dims.H, net->dims.L, python(net->bias), python(net->bidirectional));
    if (strcmp(module_of(run), "RNN") == 0)
        text_add(text, ", nonlinearity=\"%s\"", activation_name(run->setup.activation));
    text_add(text, ")\nout = torch.nn.Linear(%d, %d, bias=%s)\n", net->dims.H * (net->bidirectional ? 2 : 1),
             net->dims.Y, python(net->bias));
}

static void add_loss(Text *text, const Run *run)
{
    text_add(text, "\n\ndef loss_of(y, target):\n");
    if (run->program.net.loss == LOSS_MSE)
        text_add(text, "    return ((y - target) ** 2).mean(2)\n\n\n");
    else
        text_add(text, "    return torch.nn.functional.cross_entropy(y.permute(0, 2, 1), target.long(), "
                       "reduction=\"none\")\n\n\n");
}

const char *pytorch_program(App *app, Arena *arena)
{
    const Run *run = &app->session.runs[0];
    Text text = text_make(arena);
    text_add(&text, "%s", opening);
    add_network(&text, run);
    add_loss(&text, run);
    text_add(&text, "%s", closing);
    return text.text;
}
