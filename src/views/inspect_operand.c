#include "base/math.h"
#include "views/exact.h"
#include "views/inspect.h"
#include "views/scope.h"

// What a matrix or a vector in a picture of the inspector says where it is pointed at.
enum { TIP_NUMBERS = 8 };

static double at(const Operand *operand, int row, int column)
{
    return operand->value[row * operand->row_stride + column * operand->column_stride];
}

double inspect_largest(const Operand *operand, int row, int rows, int column, int columns)
{
    double most = 0;
    for (int i = row; i < row + rows; i++)
        for (int j = column; j < column + columns; j++)
            most = math_abs(at(operand, i, j)) > math_abs(most) || at(operand, i, j) != at(operand, i, j)
                       ? at(operand, i, j)
                       : most;
    return most;
}

static bool is_vector(const Operand *operand)
{
    return operand->rows == 1 || operand->columns == 1;
}

// Its name, and what it is.
static const char *words_of(const Inspector *in, const Operand *operand)
{
    DrawList *out = in->out;
    const char *name = scope_plain(operand->formula, out->arena);
    if (operand->slot == NONE)
        return is_vector(operand) ? draw_print(out, "%s, %d numbers", name, operand->rows * operand->columns)
                                  : draw_print(out, "%s, %d × %d numbers", name, operand->rows, operand->columns);
    return draw_print(out, "%s, %s, t = %d", name, scope_slot(in->snapshot, operand->slot, operand->backward, out),
                      snapshot_t(in->snapshot, operand->t));
}

static const char *cell_words(const Operand *operand, int cell, DrawList *out)
{
    int row = cell / operand->columns, column = cell % operand->columns;
    const char *value = exact_text(out, at(operand, row, column));
    return is_vector(operand) ? draw_print(out, "\nunit %d: %s", cell + 1, value)
                              : draw_print(out, "\nrow %d, column %d: %s", row + 1, column + 1, value);
}

// The first of a vector's numbers; of a matrix's the one that stands out.
static const char *whole_words(const Operand *operand, DrawList *out)
{
    int all = operand->rows * operand->columns, shown = all < TIP_NUMBERS ? all : TIP_NUMBERS;
    const char *text = "";
    if (!is_vector(operand))
        return draw_print(out, "\nthe largest in magnitude is %s",
                          exact_text(out, inspect_largest(operand, 0, operand->rows, 0, operand->columns)));
    for (int cell = 0; cell < shown; cell++)
        text = draw_print(out, "%s%s", text, cell_words(operand, cell, out));
    return shown < all ? draw_print(out, "%s …", text) : text;
}

// Where it comes from; of a part of a vector that of the whole, whose units are counted otherwise.
static const char *source_of(const Inspector *in, const Operand *operand, int cell)
{
    const Snapshot *s = in->snapshot;
    if (operand->slot == NONE)
        return "";
    bool whole = operand->rows * operand->columns == s->program->slots[operand->slot].length;
    int unit = whole ? cell : NONE;
    return operand->backward ? scope_gradient(s, operand->slot, operand->t, unit, in->out)
                             : scope_value(s, operand->slot, operand->t, unit, in->out);
}

static const char *tip_of(const Inspector *in, const Operand *operand, int cell)
{
    DrawList *out = in->out;
    const char *words = words_of(in, operand);
    if (!operand->value)
        return draw_print(out, "%s\nnot computed yet", words);
    return draw_print(out, "%s%s%s", words, cell == NONE ? whole_words(operand, out) : cell_words(operand, cell, out),
                      source_of(in, operand, cell));
}

static Rect cell_area(const Operand *operand, Rect rect, int cell)
{
    float w = rect.w / (float)operand->columns, h = rect.h / (float)operand->rows;
    return (Rect){rect.x + w * (float)(cell % operand->columns), rect.y + h * (float)(cell / operand->columns), w, h};
}

static void pinned_cells(const Inspector *in, const Operand *operand, Rect rect, uint32_t id)
{
    int pin = 0;
    for (long part; (part = hot_pinned(in->out, id, &pin)) > 0;)
        if (part <= operand->rows * operand->columns)
            draw_hot(in->out, (Hot){.id = id,
                                    .area = cell_area(operand, rect, (int)part - 1),
                                    .tip = tip_of(in, operand, (int)part - 1),
                                    .pointed = {0, NONE, NONE},
                                    .part = part});
}

void inspect_operand_hot(const Inspector *in, const Operand *operand, const char *name, Rect rect)
{
    DrawList *out = in->out;
    uint32_t id = hot_id(name);
    int cell = out->hover == id ? in->snapshot->pointed_unit : NONE;
    cell = cell < operand->rows * operand->columns ? cell : NONE;
    if (out->hover == id)
        draw_frame(out, INK_FOCUS, rect_inset(rect, -2), 2, 1);
    if (cell != NONE)
        draw_frame(out, INK_FOCUS, rect_inset(cell_area(operand, rect, cell), -1), 1, 1);
    pinned_cells(in, operand, rect, id);
    draw_hot(out, (Hot){.id = id,
                        .area = rect,
                        .tip = hot_asked(out, id) ? tip_of(in, operand, cell) : words_of(in, operand),
                        .pointed = {0, NONE, NONE},
                        .rows = operand->rows,
                        .columns = operand->columns,
                        .part = cell + 1});
}
