// Programs: what the tables promise, where each operation is, what is known when, and that slices, single operations
// and whole runs compute the same bits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "network.h"
#include "nn/op.h"
#include "nn/optimizer.h"

static Net small_net(const CellType *cell, int layers)
{
    return (Net){
        .cell = cell,
        .activation = OP_TANH,
        .loss = LOSS_CROSS_ENTROPY,
        .dims = {.T = 5, .B = 2, .X = 3, .H = 4, .Y = 3, .L = layers},
        .bias = true,
    };
}

enum { TWO_LAYERS = 1, REVERSE = 2, BIDIRECTIONAL = 4, VARIANTS = 6 };

// Calls the check for every cell, for one and two layers, read forward, read in reverse and read both ways.
static void for_every_program(void (*check)(Network *))
{
    for (int i = 0; cell_types[i]; i++)
        for (int variant = 0; variant < VARIANTS; variant++) {
            Net net = small_net(cell_types[i], variant & TWO_LAYERS ? 2 : 1);
            Network n;
            net.bidirectional = (variant & BIDIRECTIONAL) != 0;
            network_make(&n, &net, 5);
            n.program.passes[0].reverse = (variant & REVERSE) != 0;
            check(&n);
            network_free(&n);
        }
}

// ---- the tables of the cells ----------------------------------------------------------------
static int rows_producing(const CellType *cell, int slot)
{
    int count = 0;
    for (int i = 0; i < cell->op_count; i++)
        count += cell->ops[i].y == slot;
    return count;
}

static void every_slot_but_the_input_is_computed_once(void **state)
{
    (void)state;
    for (int i = 0; cell_types[i]; i++)
        for (int slot = 0; slot < cell_types[i]->slot_count; slot++)
            assert_int_equal(rows_producing(cell_types[i], slot), cell_types[i]->slots[slot].role != ROLE_INPUT);
}

static void no_row_reads_what_is_computed_after_it(void **state)
{
    (void)state;
    for (int c = 0; cell_types[c]; c++) {
        const CellType *cell = cell_types[c];
        bool done[32] = {false};
        for (int slot = 0; slot < cell->slot_count; slot++)
            done[slot] = cell->slots[slot].role == ROLE_INPUT;
        for (int i = 0; i < cell->op_count; i++) {
            const Op *op = &cell->ops[i];
            assert_true(op_types[op->kind].delays || done[op->a]);
            assert_true(op->b == NONE || done[op->b]);
            assert_int_equal(op_types[op->kind].operands, (op->a != NONE) + (op->b != NONE));
            done[op->y] = true;
        }
    }
}

static void no_two_slots_share_a_name_or_a_place_in_the_diagram(void **state)
{
    (void)state;
    for (int c = 0; cell_types[c]; c++)
        for (int i = 0; i < cell_types[c]->slot_count; i++)
            for (int j = 0; j < i; j++) {
                const Slot *a = &cell_types[c]->slots[i], *b = &cell_types[c]->slots[j];
                assert_string_not_equal(a->name, b->name);
                assert_false(a->lane == b->lane && a->column == b->column);
            }
}

static void every_gate_says_what_0_and_1_do(void **state)
{
    (void)state;
    for (int c = 0; cell_types[c]; c++)
        for (int i = 0; i < cell_types[c]->slot_count; i++) {
            const Slot *slot = &cell_types[c]->slots[i];
            const bool is_gate = slot->role == ROLE_GATE || slot->role == ROLE_CANDIDATE;
            assert_true(is_gate == (slot->means != NULL));
        }
}

// ---- programs ---------------------------------------------------------------------------------
static void check_blocks(Network *n)
{
    const Program *p = &n->program;
    int used[TENSOR_KINDS] = {0};
    for (int i = 0; i < p->row_count && p->rows[i].pass == 0; i++) {
        const Row *row = &p->rows[i];
        if (row->weight_a != NONE && p->tensors[row->weight_a].layer == 0)
            assert_int_equal(row->block_a, used[p->tensors[row->weight_a].kind]++);
        if (row->weight_b != NONE && p->tensors[row->weight_b].layer == 0)
            assert_int_equal(row->block_b, used[p->tensors[row->weight_b].kind]++);
    }
    assert_int_equal(used[WEIGHT_IH], p->net.cell->blocks);
    assert_int_equal(used[WEIGHT_HH], p->net.cell->blocks);
}

static void the_kth_row_that_uses_a_matrix_takes_its_kth_block(void **state)
{
    (void)state;
    for_every_program(check_blocks);
}

static void tensors_are_named_and_laid_out_as_in_pytorch(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int rows, columns;
    } expected[] = {
        {"rnn.weight_ih_l0", 16, 3}, {"rnn.weight_hh_l0", 16, 4}, {"rnn.bias_ih_l0", 16, 1}, {"rnn.bias_hh_l0", 16, 1},
        {"rnn.weight_ih_l1", 16, 4}, {"rnn.weight_hh_l1", 16, 4}, {"rnn.bias_ih_l1", 16, 1}, {"rnn.bias_hh_l1", 16, 1},
        {"out.weight", 3, 4},        {"out.bias", 3, 1},
    };
    const Net net = small_net(cell_types[cell_index("lstm")], 2);
    Arena arena = arena_make(1 << 16);
    const Program p = program_make(&net, &arena);
    assert_int_equal(p.tensor_count, sizeof expected / sizeof *expected);
    for (int i = 0; i < p.tensor_count; i++) {
        assert_string_equal(p.tensors[i].name, expected[i].name);
        assert_int_equal(p.tensors[i].rows, expected[i].rows);
        assert_int_equal(p.tensors[i].columns, expected[i].columns);
        assert_int_equal(program_tensor(&p, expected[i].name), i);
    }
    arena_free(&arena);
}

static void the_tensors_of_a_bidirectional_layer_are_pytorchs(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int rows, columns;
    } expected[] = {
        {"rnn.weight_ih_l0", 12, 3},         {"rnn.weight_hh_l0", 12, 4},         {"rnn.weight_ih_l0_reverse", 12, 3},
        {"rnn.weight_hh_l0_reverse", 12, 4}, {"rnn.weight_ih_l1", 12, 8},         {"rnn.weight_hh_l1", 12, 4},
        {"rnn.weight_ih_l1_reverse", 12, 8}, {"rnn.weight_hh_l1_reverse", 12, 4}, {"out.weight", 3, 8},
    };
    Net net = small_net(cell_types[cell_index("gru")], 2);
    net.bidirectional = true;
    net.bias = false;
    Arena arena = arena_make(1 << 16);
    const Program p = program_make(&net, &arena);
    assert_int_equal(p.tensor_count, sizeof expected / sizeof *expected);
    for (int i = 0; i < p.tensor_count; i++) {
        assert_string_equal(p.tensors[i].name, expected[i].name);
        assert_int_equal(p.tensors[i].rows, expected[i].rows);
        assert_int_equal(p.tensors[i].columns, expected[i].columns);
    }
    arena_free(&arena);
}

static void slots_in_reverse_are_named_so(void **state)
{
    (void)state;
    Net net = small_net(cell_types[cell_index("rnn")], 2);
    net.bidirectional = true;
    Arena arena = arena_make(1 << 16);
    const Program p = program_make(&net, &arena);
    const int before = cell_slot(net.cell, "h'");
    assert_string_equal(p.slots[program_cell_slot(&p, before, 1, false)].slot.name, "h'.l1");
    assert_string_equal(p.slots[program_cell_slot(&p, before, 1, true)].slot.name, "h'.l1.reverse");
    assert_int_equal(p.slots[program_slot(&p, "both.l1")].length, 8);
    assert_int_equal(program_cell_slot(&p, before, 2, false), NONE);
    arena_free(&arena);
}

static void without_biases_there_are_no_bias_tensors(void **state)
{
    (void)state;
    for (int i = 0; cell_types[i]; i++) {
        Net net = small_net(cell_types[i], 1);
        net.bias = false;
        Arena arena = arena_make(1 << 16);
        const Program p = program_make(&net, &arena);
        for (int j = 0; j < p.tensor_count; j++)
            assert_null(strstr(p.tensors[j].name, "bias"));
        assert_int_not_equal(program_tensor(&p, "out.weight"), NONE);
        arena_free(&arena);
    }
}

static void a_gate_that_is_held_is_0_or_1_and_let_go_computes_as_before(void **state)
{
    (void)state;
    for (int c = 0; cell_types[c]; c++)
        for (int slot = 0; slot < cell_types[c]->slot_count; slot++) {
            if (cell_types[c]->slots[slot].role != ROLE_GATE)
                continue;
            const Net net = small_net(cell_types[c], 2);
            Network n;
            network_make(&n, &net, 5);
            tape_run(&n.tape, &n.params, &n.batch);
            const double loss = n.tape.loss;
            program_hold(&n.program, slot, OP_ONE);
            tape_run(&n.tape, &n.params, &n.batch);
            for (int layer = 0; layer < 2; layer++)
                assert_true(tape_value(&n.tape, 3, program_cell_slot(&n.program, slot, layer, false))[1] == 1);
            assert_true(n.tape.loss != loss);
            program_hold(&n.program, NONE, OP_IDENTITY);
            tape_run(&n.tape, &n.params, &n.batch);
            assert_true(n.tape.loss == loss);
            network_free(&n);
        }
}

// ---- operations and places ------------------------------------------------------------------------
static void check_inverse(Network *n)
{
    const Program *p = &n->program;
    assert_int_equal(p->op_count, 2 * p->dims.T * p->row_count + 2);
    for (long op = 0; op <= p->op_count; op++)
        assert_int_equal(program_op(p, program_place(p, op)), op);
}

static void place_and_op_are_inverse(void **state)
{
    (void)state;
    for_every_program(check_inverse);
}

static void check_mirror(Network *n)
{
    const Program *p = &n->program;
    for (long op = 1; op <= p->pass_ops; op++) {
        const Place forward = program_place(p, op), back = program_place(p, 2 * p->pass_ops + 1 - op);
        assert_int_equal(forward.phase, PHASE_FORWARD);
        assert_int_equal(back.phase, PHASE_BACKWARD);
        assert_true(forward.row == back.row && forward.t == back.t && forward.pass == back.pass);
    }
    assert_int_equal(program_place(p, p->op_count - 1).phase, PHASE_CLIP);
    assert_int_equal(program_place(p, p->op_count).phase, PHASE_CHANGE);
}

static void backward_mirrors_forward_then_come_clip_and_change(void **state)
{
    (void)state;
    for_every_program(check_mirror);
}

static void check_steps(Network *n)
{
    const Program *p = &n->program;
    long at = 0, stops = 0;
    for (; at < p->op_count; at = program_step_after(p, at), stops++) {
        const long next = program_step_after(p, at);
        assert_true(next > at);
        for (long op = at + 1; op <= next; op++) {
            assert_int_equal(program_step_before(p, op), at);
            assert_int_equal(program_step_after(p, op - 1), next);
            assert_int_equal(program_place(p, op).t, program_place(p, next).t);
            assert_int_equal(program_place(p, op).phase, program_place(p, next).phase);
        }
    }
    assert_int_equal(stops, 2 * p->dims.T * p->pass_count + 2);
    assert_int_equal(program_step_after(p, p->op_count), p->op_count);
    assert_int_equal(program_step_before(p, 0), 0);
}

static void a_step_is_one_time_step_in_one_direction_or_clip_or_change(void **state)
{
    (void)state;
    for_every_program(check_steps);
}

// ---- what is known when -----------------------------------------------------------------------------
// Goes through all operations and notes when each value was written and each gradient received its last share.
typedef struct {
    const Program *p;
    long value[128][8], grad[128][8]; // [slot][t]
} Watched;

static void watch_operand(Watched *w, const Row *row, int slot, int t, long op)
{
    if (slot == NONE)
        return;
    const int before = w->p->passes[row->pass].reverse ? t + 1 : t - 1;
    w->grad[slot][op_types[row->kind].delays ? before : t] = op;
}

static void watch(Watched *w, const Program *p)
{
    assert_in_range(p->slot_count, 1, 128);
    w->p = p;
    for (int slot = 0; slot < p->slot_count; slot++)
        for (int t = 0; t <= p->dims.T + 1; t++) {
            w->value[slot][t] = 0;
            w->grad[slot][t] = p->pass_ops;
        }
    for (long op = 1; op <= 2 * p->pass_ops; op++) {
        const Place place = program_place(p, op);
        const Row *row = &p->rows[place.row];
        if (place.phase == PHASE_FORWARD)
            w->value[row->y][place.t] = op;
        else {
            watch_operand(w, row, row->a, place.t, op);
            watch_operand(w, row, row->b, place.t, op);
        }
    }
}

static void check_known(Network *n)
{
    const Program *p = &n->program;
    Watched watched;
    watch(&watched, p);
    for (int slot = 0; slot < p->slot_count; slot++)
        for (int t = 0; t <= p->dims.T + 1; t++) {
            assert_int_equal(program_value_known(p, slot, t), watched.value[slot][t]);
            assert_int_equal(program_grad_known(p, slot, t), watched.grad[slot][t]);
        }
}

static void known_is_when_written_and_when_all_consumers_ran_back(void **state)
{
    (void)state;
    for_every_program(check_known);
}

static bool same_on(const Tape *a, const Tape *b, int slot, int t, bool grad)
{
    const size_t count = (size_t)a->program->dims.B * (size_t)a->program->slots[slot].length;
    const Real *of_a = grad ? tape_grad(a, t, slot) : tape_value(a, t, slot);
    const Real *of_b = grad ? tape_grad(b, t, slot) : tape_value(b, t, slot);
    return memcmp(of_a, of_b, count * sizeof *of_a) == 0;
}

// Runs op by op beside a finished tape: what is known must be final.
static void check_final(Network *n)
{
    const Program *p = &n->program;
    Tape finished = tape_make(p, &n->arena);
    tape_run(&finished, &n->params, &n->batch);
    tape_begin(&n->tape, &n->params, &n->batch);
    for (long op = 1; op <= 2 * p->pass_ops; op++) {
        tape_run_op(&n->tape, &n->batch, op);
        for (int slot = 0; slot < p->slot_count; slot++)
            for (int t = 0; t <= p->dims.T + 1; t++) {
                if (program_value_known(p, slot, t) <= op)
                    assert_true(same_on(&n->tape, &finished, slot, t, false));
                if (program_grad_known(p, slot, t) <= op)
                    assert_true(same_on(&n->tape, &finished, slot, t, true));
            }
    }
}

static void what_is_known_never_changes_again(void **state)
{
    (void)state;
    for_every_program(check_final);
}

// ---- the same bits ------------------------------------------------------------------------------------
// The exact build promises bits. In the fast one the compiler may contract what it inlines, so it promises digits.
#ifdef UNROLL_FAST
static void assert_same(const Real *a, const Real *b, size_t count)
{
    double largest = 0, difference = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs((double)b[i]));
        difference = fmax(difference, fabs((double)a[i] - (double)b[i]));
    }
    assert_true(difference <= 1e-5 * largest);
}
#else
static void assert_same(const Real *a, const Real *b, size_t count)
{
    assert_memory_equal(a, b, count * sizeof *a);
}
#endif

static void check_op_by_op(Network *n)
{
    const Program *p = &n->program;
    const size_t numbers = ((size_t)p->dims.T + 2) * n->tape.column;
    Tape whole = tape_make(p, &n->arena);
    Real *grad = arena_new(&n->arena, Real, n->params.count);
#ifdef UNROLL_FAST
    whole.kernels = n->tape.kernels; // sets with and without fused multiplication and addition differ
#endif
    tape_run(&whole, &n->params, &n->batch);
    memcpy(grad, n->params.grad, n->params.count * sizeof *grad);

    tape_begin(&n->tape, &n->params, &n->batch);
    for (long op = 1; op <= 2 * p->pass_ops; op++)
        tape_run_op(&n->tape, &n->batch, op);
    tape_finish_forward(&n->tape);
    tape_finish_backward(&n->tape, &n->params);

    assert_same(n->tape.value, whole.value, numbers);
    assert_same(n->tape.grad, whole.grad, numbers);
    assert_same(n->params.grad, grad, n->params.count);
    assert_true(fabs(n->tape.loss - whole.loss) <= (sizeof(Real) < sizeof(double) ? 1e-5 * fabs(whole.loss) : 0));
    assert_int_equal(n->tape.scored, whole.scored);
}

static void op_by_op_equals_whole_bit_for_bit(void **state)
{
    (void)state;
    for_every_program(check_op_by_op);
}

// Lengths around those of vectors, batches around those that are taken at once, chunks of time steps that do and do not
// divide T.
static void every_instruction_set_gives_these_bits_at_any_size(void **state)
{
    (void)state;
    static const Dims sizes[] = {
        {.T = 70, .B = 2, .X = 1, .H = 7, .Y = 2, .L = 1},  {.T = 9, .B = 1, .X = 9, .H = 17, .Y = 1, .L = 2},
        {.T = 3, .B = 130, .X = 3, .H = 8, .Y = 5, .L = 1}, {.T = 20, .B = 15, .X = 16, .H = 33, .Y = 9, .L = 1},
        {.T = 1, .B = 5, .X = 2, .H = 1, .Y = 1, .L = 1},   {.T = 4, .B = 4, .X = 31, .H = 70, .Y = 64, .L = 1},
        {.T = 9, .B = 9, .X = 32, .H = 64, .Y = 5, .L = 1}, {.T = 2, .B = 150, .X = 37, .H = 71, .Y = 66, .L = 1},
    };
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int set = 0; kernels_here()[set]; set++) {
                Net net = small_net(cell_types[cell], 1);
                net.dims = sizes[i];
                Network n;
                network_make(&n, &net, 5);
                n.tape.kernels = kernels_here()[set]; // op by op; the whole run has the best
                check_op_by_op(&n);
                network_free(&n);
            }
}

// The first sequences of the other network's batch.
static void copy_sequences(Network *n, const Network *from)
{
    const Dims d = n->program.dims;
    for (int t = 1; t <= d.T; t++)
        for (int b = 0; b < d.B; b++) {
            memcpy(batch_x(&n->batch, t, b), batch_x(&from->batch, t, b), (size_t)d.X * sizeof(Real));
            memcpy(batch_target(&n->batch, t, b), batch_target(&from->batch, t, b), (size_t)d.Y * sizeof(Real));
            *batch_label(&n->batch, t, b) = *batch_label(&from->batch, t, b);
            *batch_scored(&n->batch, t, b) = *batch_scored(&from->batch, t, b);
        }
}

// Weights that many sequences read are copied into panels, others are not.
static void a_sequence_has_these_bits_in_a_batch_of_any_size(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Net net = small_net(cell_types[cell], 1);
        net.dims = (Dims){.T = 9, .B = 11, .X = 64, .H = 64, .Y = 64, .L = 1};
        Network many, few;
        network_make(&many, &net, 5);
        net.dims.B = 5;
        network_make(&few, &net, 5);
        copy_sequences(&few, &many);
        tape_run(&many.tape, &many.params, &many.batch);
        tape_run(&few.tape, &few.params, &few.batch);
        for (int slot = 0; slot < few.program.slot_count; slot++)
            for (int t = 1; t <= 9; t++) {
                const size_t numbers = 5 * (size_t)few.program.slots[slot].length;
                assert_same(tape_value(&few.tape, t, slot), tape_value(&many.tape, t, slot), numbers);
                assert_same(tape_grad(&few.tape, t, slot), tape_grad(&many.tape, t, slot), numbers);
            }
        network_free(&many);
        network_free(&few);
    }
}

static Tape lean_tape(Network *n)
{
    Tape tape = tape_make(&n->program, &n->arena);
    tape_run(&tape, &n->params, &n->batch); // it has been whole before
    tape_lean(&tape, true);
    return tape;
}

// Twice, for what it does not keep is left from the first time.
static void check_lean(Network *n)
{
    const Program *p = &n->program;
    const size_t numbers = ((size_t)p->dims.T + 2) * n->tape.column;
    Tape lean = lean_tape(n);
    Real *grad = arena_new(&n->arena, Real, n->params.count);
    tape_run(&lean, &n->params, &n->batch);
    n->batch.length[0] = p->dims.T - 1;
    *batch_scored(&n->batch, p->dims.T, 0) = 0;
    tape_run(&lean, &n->params, &n->batch);
    memcpy(grad, n->params.grad, n->params.count * sizeof *grad);
    tape_run(&n->tape, &n->params, &n->batch);
    assert_same(grad, n->params.grad, n->params.count);
    assert_true(lean.loss == n->tape.loss && lean.scored == n->tape.scored);
    for (int t = 1; t <= p->dims.T; t++) {
        assert_true(same_on(&lean, &n->tape, p->answer, t, false));
        assert_true(same_on(&lean, &n->tape, p->state, t, false) && same_on(&lean, &n->tape, p->state, t, true));
    }
    tape_lean(&lean, false);
    tape_run(&lean, &n->params, &n->batch);
    assert_same(lean.value, n->tape.value, numbers);
    assert_same(lean.grad, n->tape.grad, numbers);
}

static void a_lean_tape_computes_the_same_bits(void **state)
{
    (void)state;
    for_every_program(check_lean);
    for (int cell = 0; cell_types[cell]; cell++) {
        Net net = small_net(cell_types[cell], 2);
        net.activation = cell % 2 ? OP_RELU : OP_IDENTITY;
        net.dims = (Dims){.T = 7, .B = 70, .X = 9, .H = 33, .Y = 5, .L = 2};
        Network n;
        network_make(&n, &net, 5);
        check_lean(&n);
        network_free(&n);
    }
}

static void check_held(Network *n, int slot)
{
    Tape lean = lean_tape(n);
    Real *grad = arena_new(&n->arena, Real, n->params.count);
    for (int kind = 0; kind < 3; kind++) { // held, held otherwise, let go
        program_hold(&n->program, kind < 2 ? slot : NONE, kind == 0 ? OP_ZERO : OP_ONE);
        tape_run(&lean, &n->params, &n->batch);
        memcpy(grad, n->params.grad, n->params.count * sizeof *grad);
        Tape fresh = tape_make(&n->program, &n->arena);
        tape_run(&fresh, &n->params, &n->batch);
        assert_same(grad, n->params.grad, n->params.count);
        tape_run(&n->tape, &n->params, &n->batch);
        assert_same(grad, n->params.grad, n->params.count);
    }
}

static void gates_are_held_and_let_go_on_any_tape(void **state)
{
    (void)state;
    for (int c = 0; cell_types[c]; c++)
        for (int slot = 0; slot < cell_types[c]->slot_count; slot++) {
            if (cell_types[c]->slots[slot].role != ROLE_GATE)
                continue;
            const Net net = small_net(cell_types[c], 2);
            Network n;
            network_make(&n, &net, 5);
            tape_run(&n.tape, &n.params, &n.batch);
            check_held(&n, slot);
            network_free(&n);
        }
}

static void a_tape_that_was_used_before_gives_the_same_bits(void **state)
{
    (void)state;
    for_every_program(check_op_by_op); // its first tape is fresh
    const Net net = small_net(cell_types[0], 1);
    Network n;
    network_make(&n, &net, 5);
    fill_batch_at_random(&n.batch, 6);
    tape_run(&n.tape, &n.params, &n.batch);
    fill_batch_at_random(&n.batch, 5);
    check_op_by_op(&n); // here not
    network_free(&n);
}

// A pass in reverse on the reversed sequence is the pass forward.
static void a_reverse_pass_reads_the_sequence_backwards(void **state)
{
    (void)state;
    const Net net = small_net(cell_types[cell_index("lstm")], 1);
    Network n, reversed;
    network_make(&n, &net, 5);
    network_make(&reversed, &net, 5);
    reversed.program.passes[0].reverse = true;
    const Dims d = net.dims;
    for (int t = 1; t <= d.T; t++) {
        memcpy(batch_x(&reversed.batch, t, 0), batch_x(&n.batch, d.T + 1 - t, 0), sizeof(Real) * 6);
        memcpy(batch_label(&reversed.batch, t, 0), batch_label(&n.batch, d.T + 1 - t, 0), sizeof(int) * 2);
        memcpy(batch_scored(&reversed.batch, t, 0), batch_scored(&n.batch, d.T + 1 - t, 0), 2);
    }
    tape_run(&n.tape, &n.params, &n.batch);
    tape_run(&reversed.tape, &reversed.params, &reversed.batch);
    for (int t = 0; t <= d.T + 1; t++)
        assert_memory_equal(n.tape.grad + (size_t)t * n.tape.column,
                            reversed.tape.grad + (size_t)(d.T + 1 - t) * n.tape.column, n.tape.column * sizeof(Real));
    assert_memory_equal(n.params.grad, reversed.params.grad, n.params.count * sizeof(Real));
    network_free(&n);
    network_free(&reversed);
}

static void spoil_padding(Batch *batch, Real x)
{
    for (int b = 0; b < batch->dims.B; b++)
        for (int t = batch->length[b] + 1; t <= batch->dims.T; t++) {
            batch_x(batch, t, b)[0] = x;
            *batch_scored(batch, t, b) = 0;
        }
}

// Whatever stands behind the end of a sequence, and however it is read.
static void padding_counts_in_no_loss_and_no_gradient(void **state)
{
    (void)state;
    for (int c = 0; cell_types[c]; c++) {
        Net net = small_net(cell_types[c], 2);
        net.bidirectional = true;
        Network n;
        network_make(&n, &net, 5);
        n.batch.length[0] = 2;
        spoil_padding(&n.batch, 1);
        tape_run(&n.tape, &n.params, &n.batch);
        const double loss = n.tape.loss, norm = vector_norm(n.params.grad, n.params.count);
        for (int t = 3; t <= net.dims.T; t++)
            assert_true(vector_norm(tape_grad(&n.tape, t, n.program.state), 4) == 0);
        spoil_padding(&n.batch, -9);
        tape_run(&n.tape, &n.params, &n.batch);
        assert_true(n.tape.loss == loss && vector_norm(n.params.grad, n.params.count) == norm);
        network_free(&n);
    }
}

static void a_step_that_is_not_scored_adds_no_loss(void **state)
{
    (void)state;
    const Net net = small_net(cell_types[0], 1);
    Network n;
    network_make(&n, &net, 5);
    memset(n.batch.scored, 0, (size_t)(net.dims.T * net.dims.B));
    *batch_scored(&n.batch, 3, 1) = 1;
    tape_run(&n.tape, &n.params, &n.batch);
    assert_int_equal(n.tape.scored, 1);
    assert_true(tape_value(&n.tape, 3, n.program.loss)[0] == 0);
    assert_true(tape_grad(&n.tape, 3, n.program.loss)[0] == 0 && tape_grad(&n.tape, 3, n.program.loss)[1] == 1);
    assert_true(n.tape.loss == (double)tape_value(&n.tape, 3, n.program.loss)[1] / 2);
    assert_true(tape_grad(&n.tape, 4, n.program.answer)[3] == 0);
    assert_true(tape_grad(&n.tape, 3, n.program.answer)[3] != 0);
    network_free(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slot_but_the_input_is_computed_once),
        cmocka_unit_test(no_row_reads_what_is_computed_after_it),
        cmocka_unit_test(no_two_slots_share_a_name_or_a_place_in_the_diagram),
        cmocka_unit_test(every_gate_says_what_0_and_1_do),
        cmocka_unit_test(the_kth_row_that_uses_a_matrix_takes_its_kth_block),
        cmocka_unit_test(tensors_are_named_and_laid_out_as_in_pytorch),
        cmocka_unit_test(the_tensors_of_a_bidirectional_layer_are_pytorchs),
        cmocka_unit_test(slots_in_reverse_are_named_so),
        cmocka_unit_test(without_biases_there_are_no_bias_tensors),
        cmocka_unit_test(a_gate_that_is_held_is_0_or_1_and_let_go_computes_as_before),
        cmocka_unit_test(place_and_op_are_inverse),
        cmocka_unit_test(backward_mirrors_forward_then_come_clip_and_change),
        cmocka_unit_test(a_step_is_one_time_step_in_one_direction_or_clip_or_change),
        cmocka_unit_test(known_is_when_written_and_when_all_consumers_ran_back),
        cmocka_unit_test(what_is_known_never_changes_again),
        cmocka_unit_test(op_by_op_equals_whole_bit_for_bit),
        cmocka_unit_test(every_instruction_set_gives_these_bits_at_any_size),
        cmocka_unit_test(a_sequence_has_these_bits_in_a_batch_of_any_size),
        cmocka_unit_test(a_lean_tape_computes_the_same_bits),
        cmocka_unit_test(gates_are_held_and_let_go_on_any_tape),
        cmocka_unit_test(a_tape_that_was_used_before_gives_the_same_bits),
        cmocka_unit_test(a_reverse_pass_reads_the_sequence_backwards),
        cmocka_unit_test(padding_counts_in_no_loss_and_no_gradient),
        cmocka_unit_test(a_step_that_is_not_scored_adds_no_loss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
