#ifndef VIEWS_EXPLAIN_H
#define VIEWS_EXPLAIN_H

#include "sim/snapshot.h"
#include "ui/theme.h"

// Why a number is what it is: equations whose every operand is there to be seen, so that a reader can work each result
// out again. Views draw them; a test works every one of them out in plain arithmetic.
//
//   result = apply( operand join operand join … )
//
// PRODUCT (of matrices) and TIMES (element by element) bind before PLUS and MINUS, and are worked out from the right:
// W · d ⊙ g is W (d ⊙ g). A number goes with every element.
typedef enum { JOIN_PLUS, JOIN_MINUS, JOIN_TIMES, JOIN_PRODUCT } Join;
typedef enum {
    APPLY_NOTHING,
    APPLY_SIGMOID,
    APPLY_TANH,
    APPLY_RELU,
    APPLY_SOFTMAX,
    APPLY_LOG_SOFTMAX,
    APPLY_MEAN_SQUARE,
    APPLY_WITHIN // what is beyond −bound … bound becomes that
} Apply;

typedef struct {
    Join join; // to what stands before it; PLUS of the first says nothing
    Apply apply;
    const char *formula; // "W_{hh}^\top", without what is applied
    const Real *value;   // borrowed: value[row · row_stride + column · column_stride]; NULL: not computed yet
    int rows, columns;   // 1, 1: a number
    long row_stride, column_stride;
    Ramp ramp;
    int slot, t; // whose value or gradient it is; NONE, 0: nobody's
    bool backward;
} Operand;

enum { OPERANDS_MOST = 80, EQUATIONS_MOST = 6 };

typedef struct {
    const char *what; // "what flows back to h_7, in words"; or NULL
    Operand result;
    Apply apply; // to the whole right side
    double bound;
    Operand operand[OPERANDS_MOST];
    int count;
    bool too_long; // some operands found no room: it is not shown
    bool in_part;  // the result is what this row gives; others give to the same
} Equation;

typedef struct {
    const char *title; // "forget gate"
    const char *note;  // what else is to be said, or NULL
    Ink ink;           // of the direction
    Equation equation[EQUATIONS_MOST];
    int count;
} Explanation;

// The operation that the reader has just done: a row forward or backward, the clip, the change of the weights.
Explanation explain_op(const Snapshot *snapshot, Arena *arena);

// A row at t; backward: what it sends back, alone. Nothing where that is not known yet.
Explanation explain_row(const Snapshot *snapshot, int row, int t, bool backward, Arena *arena);

// A time step in one formula, with the rows between written out. Forward the state at t from gates, input and what came
// before; backward its gradient from those of the time step after it. `brief` goes back no further than to the sums,
// for where there is little room.
Explanation explain_step(const Snapshot *snapshot, int t, bool backward, bool brief, Arena *arena);

// Where both directions are answered from: the answer at t, or what it sends back to both of them.
Explanation explain_answer(const Snapshot *snapshot, int t, bool backward, Arena *arena);

// All that a slot's gradient at t is the sum of, likewise in brief.
Explanation explain_gradient(const Snapshot *snapshot, int slot, int t, Arena *arena);

// One time step back into a slot at t, by lengths. leaving / arriving is at most σ₁ of the step's Jacobian.
typedef struct {
    double arriving, leaving; // gradient of all that the pass carries, before and behind the step
    double added;             // to the slot's gradient by what reads it at t itself: its loss, or the layer above
} StepBack;

bool explain_back(const Snapshot *snapshot, int slot, int t, StepBack *out, Arena *arena); // false: not known

// The end of the update, for one tensor; what it was is what the tape was computed with.
Explanation explain_clip(const Snapshot *snapshot, int tensor, Arena *arena);
Explanation explain_change(const Snapshot *snapshot, int tensor, Arena *arena);

// The gradient of one matrix as the sum over all t that it is, a matrix each: of the rows of its first block, where it
// has one for each gate. Nothing where that would take long. As a formula each term is written out.
Explanation explain_sum(const Snapshot *snapshot, int tensor, Arena *arena);
const char *explain_sum_formula(const Snapshot *snapshot, int tensor, Arena *arena);
int explain_tensor(const Snapshot *snapshot);   // the one to show: what carries the state on
bool explain_changed(const Snapshot *snapshot); // this update's change is done, and the reader has read it

// What clipping makes of the gradient of all weights. Where nothing is clipped ‖ĝ‖ is ‖g‖.
typedef struct {
    ClipKind kind;
    double threshold, norm, after; // θ, ‖g‖, ‖ĝ‖
    size_t cut, count;             // by value: numbers beyond ±θ, of how many
    bool clips;                    // something is clipped
} Clipping;

bool explain_clipping(const Snapshot *snapshot, Clipping *out); // false: the gradient has not been measured yet

// One weight through the change, and the optimizer's formula for it, a line a moment and one for the weight.
typedef struct {
    WeightPlace place;
    const OptimizerType *type;
    bool is_clipped;                    // clipping is on; it may have changed nothing
    double gradient, clipped, old, new; // dL/dw before and after clipping; w
    double moment_old[MOMENTS_MOST], moment_new[MOMENTS_MOST];
    double power[MOMENTS_MOST]; // 0.9ⁿ and 0.999ⁿ, where the optimizer corrects by them
    double learning_rate;
} WeightChange;

bool explain_weight(const Snapshot *snapshot, size_t weight, WeightChange *out); // false: it has not changed yet
size_t explain_chosen(const Snapshot *snapshot); // by the reader, else the one that changed most
const char *explain_optimizer(const WeightChange *change, int line, Arena *arena);

// Right side and whole of an equation as a formula. Of steps ⊙ is written diag, as books do.
const char *explain_formula(const Equation *equation, bool diag, Arena *arena);
const char *explain_formula_part(const Equation *equation, int first, int end, bool diag, Arena *arena); // a line of it

// What the parts of explain_*.c share.
Operand operand_value(const Snapshot *snapshot, int slot, int t, Arena *arena);
Operand operand_grad(const Snapshot *snapshot, int slot, int t, Arena *arena);
Operand operand_own(const char *formula, const Real *value, int rows, int columns); // (rows, columns) in one piece
Operand operand_number(const char *formula, double value, Arena *arena);
Operand operand_weights(const Snapshot *snapshot, const Row *row, bool of_b, bool transposed, Arena *arena);
Operand operand_joined_weights(const Snapshot *snapshot, int row, Arena *arena); // what multiplies [h, x]
Operand operand_joined_vector(const Snapshot *snapshot, int row, int t, Arena *arena);
Operand operand_both_biases(const Snapshot *snapshot, int row, Arena *arena);  // of a sum, as one
Operand operand_slope(const Snapshot *snapshot, int row, int t, Arena *arena); // of a row with one operand
Operand operand_part(Operand whole, int from, int rows, Arena *arena); // that an operand fills of a joined vector
Operand operand_joined(Operand operand, Join join);
void equation_add(Equation *equation, Operand operand);
int step_before(const Program *program, int slot, int t); // the time step whose value a delay into t carries
int step_after(const Program *program, int slot, int t);
int step_delayed(const Snapshot *snapshot, int slot, int t); // step_before, or the edge where the sequence ends

#endif
