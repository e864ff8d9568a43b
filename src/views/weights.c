#include "views/weights.h"
#include "base/words.h"

#include <stdio.h>

#include "base/words.h"
#include "nn/op.h"
#include "sim/history.h"
#include "views/exact.h"

// ---- names ------------------------------------------------------------------------------------------------------
const char *weights_formula(const Snapshot *snapshot, TensorKind kind)
{
    // clang-format off
    static const char *const formulas[TENSOR_KINDS][3] = { // by Notation
        [WEIGHT_IH]    = { "W_{\\text{ih}}",  "U",   "W_x" },
        [WEIGHT_HH]    = { "W_{\\text{hh}}",  "W",   "W_h" },
        [BIAS_IH]      = { "b_{\\text{ih}}",  "b_x", "b_x" },
        [BIAS_HH]      = { "b_{\\text{hh}}",  "b_h", "b_h" },
        [WEIGHT_SCALE] = { "p",               "p",   "p" },
        [WEIGHT_OUT]   = { "W_{\\text{out}}", "V",   "W_y" },
        [BIAS_OUT]     = { "b_{\\text{out}}", "b_y", "b_y" },
    };
    // clang-format on
    return formulas[kind][wording_of_weights(&snapshot->run->setup)];
}

const char *weights_words(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Program *p = snapshot->program;
    const Tensor *t = &p->tensors[tensor];
    if (wording_of_weights(&snapshot->run->setup) == NOTATION_PYTORCH)
        return weights_name(t);
    const char *name = weights_formula(snapshot, t->kind);
    if (t->kind == WEIGHT_OUT || t->kind == BIAS_OUT)
        return name;
    const char *way = !p->net.bidirectional ? "" : t->reverse ? " ←" : " →";
    return p->dims.L == 1 ? arena_print(arena, "%s%s", name, way)
                          : arena_print(arena, "%s of layer %d%s", name, t->layer + 1, way);
}

const char *weights_shape(const Tensor *tensor, DrawList *out)
{
    return tensor->columns > 1 ? draw_print(out, "%d×%d", tensor->rows, tensor->columns)
                               : draw_print(out, "%d", tensor->rows);
}

// ---- what a weight leads from and to ----------------------------------------------------------------------------
static int blocks_of(const Program *program, const Tensor *tensor)
{
    int length = tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT ? program->dims.Y : program->dims.H;
    return tensor->rows / length;
}

// The row of the program that uses a block of a tensor; *from is what it multiplies, or NONE.
static const Row *user_of(const Program *program, int tensor, int block, int *from)
{
    for (int i = 0; i < program->row_count; i++) {
        const Row *row = &program->rows[i];
        bool first = row->weight_a == tensor || row->bias_a == tensor,
             second = row->weight_b == tensor || row->bias_b == tensor;
        *from = row->weight_a == tensor ? row->a : row->weight_b == tensor ? row->b : NONE;
        if ((first && row->block_a == block) || (second && row->block_b == block))
            return row;
    }
    *from = NONE;
    return NULL;
}

// As the cell's table names it, for layer and direction are told apart by the tensor.
const char *weights_letter(const Program *program, int slot)
{
    const ProgramSlot *shown = &program->slots[slot];
    return shown->of_cell == NONE ? shown->slot.name : program->net.cell->slots[shown->of_cell].name;
}

const char *weights_gate(const Program *program, int tensor, int block)
{
    int from;
    const Row *row = user_of(program, tensor, block, &from);
    return row ? weights_letter(program, row->y) : "";
}

bool weights_ends(const Program *program, WeightPlace place, WeightEnds *ends)
{
    const Tensor *tensor = &program->tensors[place.tensor];
    int length = tensor->rows / blocks_of(program, tensor), from;
    const Row *row = user_of(program, place.tensor, (place.row - 1) / length, &from);
    if (!row)
        return false;
    int to_unit = (place.row - 1) % length, from_unit = op_types[row->kind].by_vector ? to_unit : place.column - 1;
    *ends = (WeightEnds){.to = row->y, .to_unit = to_unit, .from = from, .from_unit = from_unit};
    return true;
}

const char *weights_way(const Program *program, WeightPlace place, DrawList *out)
{
    WeightEnds ends;
    if (!weights_ends(program, place, &ends))
        return "";
    const char *to = draw_print(out, "%s %d", weights_letter(program, ends.to), ends.to_unit + 1);
    return ends.from == NONE || program->tensors[place.tensor].columns == 1
               ? draw_print(out, "of %s", to)
               : draw_print(out, "from %s %d to %s", weights_letter(program, ends.from), ends.from_unit + 1, to);
}

// ---- numbers ----------------------------------------------------------------------------------------------------
const char *weights_value(const Snapshot *snapshot, WeightPlace place, DrawList *out)
{
    const Run *run = snapshot->run;
    return exact_text(out, (double)run->params.value[weight_index(&run->program, place)]);
}

// Known when all rows have run backward. Once the weights are changed it is what they were changed with: clipped.
const char *weights_gradient(const Snapshot *snapshot, WeightPlace place, bool exact, DrawList *out)
{
    const Run *run = snapshot->run;
    char brief[NUMBER_SIZE];
    double gradient;
    if (!run_weight_gradient(run, weight_index(&run->program, place), &gradient))
        return "comes with the backward pass";
    bool changed = run->at.op == run_last_op(run) && run->clipped != run->norm;
    return draw_print(out, "%s of update %ld%s", exact ? exact_text(out, gradient) : number_short(brief, gradient),
                      run->at.update, changed ? ", clipped" : "");
}

const char *weights_changed(const Snapshot *snapshot, WeightPlace place, DrawList *out)
{
    const Run *run = snapshot->run;
    int count;
    const Change *changes = history_changes(run, &count);
    size_t weight = weight_index(&run->program, place);
    for (int i = count - 1; i >= 0; i--)
        if (!changes[i].setting && changes[i].weight == weight && changes[i].update <= run->done + 1)
            return draw_print(out, "set to %s before update %ld", exact_text(out, changes[i].value), changes[i].update);
    return "";
}

const char *weights_tip(const Snapshot *snapshot, WeightPlace place, DrawList *out)
{
    const Tensor *tensor = &snapshot->run->program.tensors[place.tensor];
    const char *changed = weights_changed(snapshot, place, out);
    return draw_print(out, "%s, row %d, column %d\n%s\nvalue %s\ngradient %s%s%s%s", weights_name(tensor), place.row,
                      place.column, weights_way(&snapshot->run->program, place, out),
                      weights_value(snapshot, place, out), weights_gradient(snapshot, place, true, out),
                      weights_sources(snapshot, place, out), *changed ? "\n" : "", changed);
}
