#include "sim/netfile.h"

#include <stdio.h>
#include <string.h>

#include "sim/choices.h"
#include "sim/history.h"

enum { NAME_ROOM = 256 }; // tensor names are at most 200 bytes

// ---- what the names say ---------------------------------------------------------------------
static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

// Reference values lie beside the network that they belong to.
static bool is_expected(const char *name)
{
    return strncmp(name, "expect.", strlen("expect.")) == 0;
}

static bool find_prefix(NetFile *found, const SafeFile *file, Arena *arena, Err *err)
{
    static const char end[] = "weight_ih_l0";
    for (int i = 0; i < file->tensor_count; i++) {
        const char *name = file->tensors[i].name;
        if (!ends_with(name, end) || is_expected(name))
            continue;
        if (found->prefix)
            return refuse(err, "the file holds two recurrent networks, %s… and %s", found->prefix, name);
        found->prefix = arena_print(arena, "%.*s", (int)(strlen(name) - strlen(end)), name);
    }
    return found->prefix || refuse(err, "the file holds no recurrent network: no tensor is named …%s", end);
}

static const SafeTensor *recurrent(const NetFile *found, const SafeFile *file, const char *kind, int layer,
                                   const char *direction)
{
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "%s%s_l%d%s", found->prefix, kind, layer, direction);
    return safe_find(file, name);
}

// The one matrix beside the recurrent ones.
static bool find_readout(NetFile *found, const SafeFile *file, Arena *arena, Err *err)
{
    static const char end[] = ".weight";
    for (int i = 0; i < file->tensor_count; i++) {
        const char *name = file->tensors[i].name;
        if (file->tensors[i].dimensions != 2 || !ends_with(name, end) || is_expected(name))
            continue;
        if (found->readout)
            return refuse(err, "the file holds two linear layers, %s%s and %s", found->readout, end, name);
        found->readout = arena_print(arena, "%.*s", (int)(strlen(name) - strlen(end)), name);
    }
    return found->readout || refuse(err, "the file holds no linear layer behind the recurrent network");
}

static bool check_said(const SafeFile *file, const char *key, const char *value, Err *err)
{
    const char *said = safe_text(file, key);
    return !said || strcmp(said, value) == 0 ||
           refuse(err, "%s is \"%s\" in the metadata, and %s by the tensors", key, said, value);
}

// As many as the highest one says; netfile_weights refuses a file that lacks one of them.
static bool find_layers(NetFile *found, const SafeFile *file, Err *err)
{
    enum { LAYERS_MOST = 64 };
    char layers[16];
    for (int layer = 0; layer < LAYERS_MOST; layer++) {
        if (recurrent(found, file, "weight_ih", layer, ""))
            found->net.dims.L = layer + 1;
        if (recurrent(found, file, "weight_ih", layer, "_reverse"))
            found->net.bidirectional = true;
    }
    snprintf(layers, sizeof layers, "%d", found->net.dims.L);
    return check_said(file, "layers", layers, err) &&
           check_said(file, "bidirectional", found->net.bidirectional ? "true" : "false", err);
}

// ---- what the shapes say --------------------------------------------------------------------
static const CellType *cell_of_blocks(size_t blocks)
{
    for (int i = 0; cell_types[i]; i++)
        if ((size_t)cell_types[i]->blocks == blocks)
            return cell_types[i]; // the first of so many is PyTorch's
    return NULL;
}

static bool find_cell(NetFile *found, const SafeFile *file, size_t blocks, Err *err)
{
    const char *name = safe_text(file, "cell");
    const int named = name ? cell_index(name) : NONE;
    if (name && named == NONE)
        return refuse(err, "the cell \"%s\" is not known", name);
    const CellType *cell = name ? cell_types[named] : cell_of_blocks(blocks);
    if (!cell)
        return refuse(err, "a cell with %zu blocks of weights is not known", blocks);
    if ((size_t)cell->blocks != blocks)
        return refuse(err, "the cell %s has %d blocks of weights, and %sweight_hh_l0 has %zu", name, cell->blocks,
                      found->prefix, blocks);
    found->net.cell = cell;
    return true;
}

static bool find_activation(NetFile *found, const SafeFile *file, Err *err)
{
    const char *name = safe_text(file, "nonlinearity");
    found->activation = NONE;
    for (int i = 0; name && activation_name(i); i++)
        if (strcmp(activation_name(i), name) == 0)
            found->activation = i;
    if (name && found->activation == NONE)
        return refuse(err, "the nonlinearity \"%s\" is not known", name);
    found->net.activation = name ? activation_kind(found->activation) : OP_TANH;
    return true;
}

static bool find_sizes(NetFile *found, const SafeFile *file, Err *err)
{
    enum { SIZE_MOST = 1 << 16 };
    char readout[NAME_ROOM];
    const SafeTensor *ih = recurrent(found, file, "weight_ih", 0, ""), *hh = recurrent(found, file, "weight_hh", 0, "");
    snprintf(readout, sizeof readout, "%s.weight", found->readout);
    const SafeTensor *out = safe_find(file, readout);
    if (!hh || hh->dimensions != 2 || ih->dimensions != 2)
        return refuse(err, "%sweight_ih_l0 and %sweight_hh_l0 are not two matrices", found->prefix, found->prefix);
    const size_t H = hh->shape[1];
    if (H == 0 || hh->shape[0] % H != 0)
        return refuse(err, "%sweight_hh_l0 is not made of square blocks", found->prefix);
    if (hh->shape[0] > SIZE_MOST || ih->shape[1] > SIZE_MOST || out->shape[0] > SIZE_MOST || ih->shape[1] == 0 ||
        out->shape[0] == 0)
        return refuse(err, "no size of a network may be 0 or above %d", SIZE_MOST);
    found->net.dims = (Dims){.T = 1, .B = 1, .X = (int)ih->shape[1], .H = (int)H, .Y = (int)out->shape[0]};
    return find_cell(found, file, hh->shape[0] / H, err);
}

bool netfile_of(NetFile *found, const SafeFile *file, Arena *arena, Err *err)
{
    *found = (NetFile){.net.loss = LOSS_CROSS_ENTROPY};
    if (!find_prefix(found, file, arena, err) || !find_readout(found, file, arena, err) ||
        !find_activation(found, file, err) || !find_sizes(found, file, err) || !find_layers(found, file, err))
        return false;
    char bias[NAME_ROOM];
    snprintf(bias, sizeof bias, "%s.bias", found->readout);
    found->net.bias = recurrent(found, file, "bias_ih", 0, "") || safe_find(file, bias);
    return true;
}

// ---- weights ----------------------------------------------------------------------------------
// "rnn.weight_ih_l0" is the prefix and what stands behind the first dot, "out.bias" the readout likewise.
const char *netfile_name(const NetFile *found, const Tensor *tensor, Arena *arena)
{
    const char *rest = strchr(tensor->name, '.') + 1;
    if (tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT)
        return arena_print(arena, "%s.%s", found->readout, rest);
    return arena_print(arena, "%s%s", found->prefix, rest);
}

static bool is_bias(const Tensor *tensor)
{
    return tensor->kind == BIAS_IH || tensor->kind == BIAS_HH || tensor->kind == BIAS_OUT;
}

static bool read_weights(const SafeTensor *from, const Tensor *tensor, Real *value, Err *err)
{
    const size_t rows = (size_t)tensor->rows, columns = (size_t)tensor->columns;
    const bool vector = from->dimensions == 1 && columns == 1;
    if (from->shape[0] != rows || from->shape[1] != columns || !(vector || from->dimensions == 2))
        return refuse(err, "the tensor %s must be %zu by %zu", from->name, rows, columns);
    return safe_numbers(from, value, err);
}

// Beside a network lies what it is traced on.
static bool is_data(const char *name)
{
    static const char *const data[] = {"x", "target", "scored", "length"};
    bool found = is_expected(name);
    for (size_t i = 0; i < sizeof data / sizeof *data; i++)
        found = found || strcmp(name, data[i]) == 0;
    return found;
}

static bool check_all_used(const SafeFile *file, const char *const *names, int count, Err *err)
{
    for (int i = 0; i < file->tensor_count; i++) {
        bool used = is_data(file->tensors[i].name);
        for (int k = 0; k < count && !used; k++)
            used = strcmp(file->tensors[i].name, names[k]) == 0;
        if (!used)
            return refuse(err, "the tensor %s belongs to nothing", file->tensors[i].name);
    }
    return true;
}

bool netfile_weights(const NetFile *found, const SafeFile *file, const Program *program, Real *value, Err *err)
{
    Arena scratch = arena_make(1 << 12);
    const char **names = arena_new(&scratch, const char *, program->tensor_count);
    bool good = true;
    for (int i = 0; i < program->tensor_count && good; i++) {
        const Tensor *tensor = &program->tensors[i];
        names[i] = netfile_name(found, tensor, &scratch);
        const SafeTensor *from = safe_find(file, names[i]);
        if (from)
            good = read_weights(from, tensor, value + tensor->offset, err);
        else if (is_bias(tensor))
            memset(value + tensor->offset, 0, (size_t)tensor->rows * sizeof *value);
        else
            good = refuse(err, "the file holds no tensor %s", names[i]);
    }
    good = good && check_all_used(file, names, program->tensor_count, err);
    arena_free(&scratch);
    return good;
}

// ---- into a session ---------------------------------------------------------------------------
static bool fits(const Task *task, Dims dims)
{
    return task->X == dims.X && task->Y == dims.Y;
}

static bool choose_task(Setup *setup, const SafeFile *file, Dims dims, Err *err)
{
    const char *name = safe_text(file, "task");
    const int named = name ? task_index(name) : NONE;
    if (named != NONE && fits(tasks[named], dims))
        setup->task = named;
    for (int i = 0; tasks[i] && !fits(setup_task(setup), dims); i++)
        if (fits(tasks[i], dims))
            setup->task = i;
    if (!fits(setup_task(setup), dims))
        return refuse(err, "the network reads %d numbers and answers with %d; no task does", dims.X, dims.Y);
    return true;
}

static bool put_whole(Setup *setup, const char *name, int value, Err *err)
{
    const Setting *setting = setting_find(name, err);
    if (value < setting->low || value > setting->high)
        return refuse(err, "%s must be %g to %g, and the file has %d", name, setting->low, setting->high, value);
    setting_put(setup, setting, value);
    return true;
}

static bool setup_of(Setup *setup, const NetFile *found, const SafeFile *file, Err *err)
{
    const Net *net = &found->net;
    if (!choose_task(setup, file, net->dims, err))
        return false;
    if (setup->T < setup_task(setup)->least_T)
        setup->T = setup_task(setup)->least_T;
    setup->cell = cell_index(net->cell->name);
    if (found->activation != NONE)
        setup->activation = found->activation;
    setup->bias = net->bias;
    setup->bidirectional = net->bidirectional;
    setup_mend(setup);
    return put_whole(setup, "hidden", net->dims.H, err) && put_whole(setup, "layers", net->dims.L, err) &&
           setup_check(setup, err);
}

static bool load_into(Session *session, const NetFile *found, const SafeFile *file, Arena *arena, Err *err)
{
    Setup setup = session_setup(session);
    if (!setup_of(&setup, found, file, err))
        return false;
    const Net net = setup_net(&setup);
    const Program program = program_make(&net, arena);
    Real *value = arena_new(arena, Real, program.weight_count);
    if (!netfile_weights(found, file, &program, value, err) || !session_start(session, &setup, err))
        return false;
    for (int i = 0; i < session->count; i++)
        run_put_weights(&session->runs[i], value);
    return true;
}

bool netfile_load(Session *session, const void *bytes, size_t size, Err *err)
{
    Arena arena = arena_make(1 << 16);
    SafeFile file;
    NetFile found;
    const bool done = safe_read(&file, bytes, size, &arena, err) && netfile_of(&found, &file, &arena, err) &&
                      load_into(session, &found, &file, &arena, err);
    arena_free(&arena);
    return done;
}
