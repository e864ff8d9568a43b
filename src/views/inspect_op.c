#include <math.h>

#include "views/cell.h"
#include "views/inspect.h"
#include "views/place.h"

// One operation: its equations with pictures and numbers, below the cell it happens in.
enum { CELL_AND_NUMBERS = 300, CELL_BELOW = 10, EQUATION_LEAST = 90 }; // px of height
static const float CELL_SHARE = 0.5f;

// The first equation with its pictures and numbers; what else leaves the row as far as there is room. Below the cell
// vectors need no picture: their numbers say more.
static bool has_matrix(const Equation *equation)
{
    for (int i = 0; i < equation->count; i++)
        if (equation->operand[i].columns > 1)
            return true;
    return false;
}

void inspect_explanation(Inspector *in, const Explanation *explanation, bool below_cell)
{
    static const float PICTURE_LEAST = 48, ANOTHER_LEAST = 40;
    const Equation *first = &explanation->equation[0];
    bool number = explanation->count > 0 && first->result.rows == 1 && first->result.columns == 1;
    float table = explanation->count > 0 ? inspect_table_height(first) : 0;
    for (int i = 0; i < explanation->count; i++) {
        const Equation *equation = &explanation->equation[i];
        bool pictured = !number && (!below_cell || has_matrix(equation));
        float left = in->room.h / (float)(explanation->count - i);
        if (left < ANOTHER_LEAST && i > 0)
            break;
        inspect_formula(in, equation, false, 16);
        if (pictured)
            inspect_picture(in, equation, draw_print(in->out, "op %d", i),
                            explanation->count > 1 ? left - 30 : fmaxf(in->room.h - table, PICTURE_LEAST));
    }
    if (explanation->note)
        inspect_note(in, explanation->note);
    if (explanation->count > 0 && !number)
        inspect_table(in, first);
}

// A cell with gates stands above what the operation did in it, where there is room for both: a product that runs back
// has an equation for each matrix and each operand.
static bool draw_cell_above(Inspector *in, const Explanation *explanation)
{
    const Snapshot *s = in->snapshot;
    float below = in->room.h * (1 - CELL_SHARE);
    bool shown = cell_has_gates(s->program) && in->room.h >= CELL_AND_NUMBERS &&
                 (explanation->count < 2 || below >= (float)explanation->count * EQUATION_LEAST);
    if (shown) {
        cell_draw(s, place_step(s), rect_cut_top(&in->room, in->room.h * CELL_SHARE), in->out);
        rect_cut_top(&in->room, CELL_BELOW);
    }
    return shown;
}

void inspect_op(Inspector *in)
{
    const Snapshot *s = in->snapshot;
    Explanation explanation = explain_op(s, in->out->arena);
    bool below_cell = draw_cell_above(in, &explanation);
    const char *when = s->place.t ? draw_print(in->out, "%s, t = %d", explanation.title, snapshot_t(s, s->place.t))
                                  : explanation.title;
    inspect_title(in, explanation.ink, when, explanation.title);
    inspect_explanation(in, &explanation, below_cell);
    if (explanation.count == 0 && !explanation.note)
        inspect_note(in, "Step with . and , to go through the operations one by one.");
}
