#include <math.h>

#include "base/words.h"
#include "ui/formula.h"
#include "views/exact.h"
#include "views/inspect.h"

// The numbers of an equation: a column an operand (a matrix and what it multiplies are one), a line a unit.
enum { LINE_HEIGHT = 16, HEAD_HEIGHT = 20, COLUMN_WIDTH = 50, UNIT_WIDTH = 24, COLUMNS_MOST = 8 };

static const float HEAD_LEAST = 6.5f, BETWEEN = 5; // px

typedef struct {
    int first, last; // operands
} Column;

static double at(const Operand *operand, int row, int column)
{
    return operand->value[row * operand->row_stride + column * operand->column_stride];
}

static bool is_matrix_before(const Equation *equation, int i)
{
    return i + 1 < equation->count && equation->operand[i + 1].join == JOIN_PRODUCT;
}

// A number stands in the formula and needs no column.
static int list_columns(const Equation *equation, Column columns[COLUMNS_MOST])
{
    int count = 0;
    for (int i = 0; i < equation->count; i++) {
        const Operand *operand = &equation->operand[i];
        int first = i;
        if (operand->rows == 1 && operand->columns == 1 && operand->slot == NONE)
            continue;
        while (is_matrix_before(equation, i))
            i++;
        if (count < COLUMNS_MOST)
            columns[count++] = (Column){first, i};
    }
    return count;
}

static double matrix_times(const Operand *matrix, const Operand *vector, int unit)
{
    double sum = 0;
    for (int k = 0; k < matrix->columns; k++)
        sum += at(matrix, unit, k) * at(vector, k, 0);
    return sum;
}

static bool has_number(const Equation *equation, Column column, int unit)
{
    const Operand *first = &equation->operand[column.first], *last = &equation->operand[column.last];
    return column.last - column.first <= 1 && first->value && last->value && unit < first->rows && last->columns == 1;
}

static double number_in(const Equation *equation, Column column, int unit)
{
    const Operand *first = &equation->operand[column.first];
    return column.first == column.last ? at(first, unit, 0)
                                       : matrix_times(first, &equation->operand[column.last], unit);
}

static const char *head_of(const Equation *equation, Column column, Arena *arena)
{
    const char *head = equation->operand[column.first].formula;
    for (int i = column.first + 1; i <= column.last; i++)
        head = arena_print(arena, "%s\\,%s", head, equation->operand[i].formula);
    return head;
}

static void draw_head(Inspector *in, float x, float width, const char *text)
{
    float wide = formula_width(in->out->fonts, in->out->arena, 11, text),
          size = wide > width - 6 ? 11 * (width - 6) / wide : 11;
    if (size >= (inspect_least(in) > 8 ? inspect_least(in) : HEAD_LEAST))
        draw_formula(in->out, INK_SOFT, size, x, in->room.y + 13, ALIGN_RIGHT, text);
}

// In letters small enough for its column.
static void draw_number(Inspector *in, Ink ink, Face face, float x, float y, float width, double value)
{
    char text[NUMBER_SIZE];
    Type type = {face, 11.5f};
    float wide = draw_width(in->out, type, number_short(text, value)), room = width - BETWEEN;
    type.size = fmaxf(wide > room ? type.size * room / wide : type.size, inspect_least(in));
    draw_text(in->out, ink, type, x, y, ALIGN_RIGHT, text);
}

// Unit `line`, from 0, where the chosen one comes first.
static int unit_of(const Inspector *in, int line)
{
    int chosen = in->snapshot->selected_unit - 1;
    return chosen < 0 ? line : line == 0 ? chosen : line <= chosen ? line - 1 : line;
}

static void unit_line(Inspector *in, const Equation *equation, const Column *columns, int count, float width, int unit)
{
    Rect line = rect_cut_top(&in->room, LINE_HEIGHT);
    bool chosen = unit == in->snapshot->selected_unit - 1;
    float y = line.y + 12, x = line.x + line.w;
    Ink way = equation->result.backward ? INK_BACKWARD : INK_FORWARD;
    if (chosen)
        draw_rect(in->out, INK_HERE, line, 3);
    draw_textf(in->out, INK_SOFT, TYPE_CAPTION, line.x + 4, y, ALIGN_LEFT, "%d", unit + 1);
    draw_number(in, way, FACE_SEMIBOLD, x - 2, y, width, at(&equation->result, unit, 0));
    for (int i = count - 1; i >= 0; i--) {
        x -= width;
        if (has_number(equation, columns[i], unit))
            draw_number(in, INK_TEXT, FACE_WORDS, x, y, width, number_in(equation, columns[i], unit));
    }
}

// What is left out, in words; a press brings the next unit to the top.
static void draw_left_out(Inspector *in, int units, int all_units, int columns, int all_columns)
{
    DrawList *out = in->out;
    Rect line = rect_cut_top(&in->room, LINE_HEIGHT);
    const char *words = draw_print(out, "%d of %d units", units, all_units);
    if (columns < all_columns)
        words = draw_print(out, units < all_units ? "%s, %d of %d terms" : "%.0s%d of %d terms", words, columns,
                           all_columns);
    draw_text(out, INK_FAINT, TYPE_CAPTION, line.x + 4, line.y + 12, ALIGN_LEFT,
              draw_cut(out, TYPE_CAPTION, words, line.w));
    draw_hot(out, (Hot){.id = hot_id("inspector left out"),
                        .area = line,
                        .press = "select down",
                        .tip = "the chosen unit stands first; a press chooses the next one",
                        .pointed = {0, NONE, NONE}});
}

// As many units as there is room for.
static void unit_lines(Inspector *in, const Equation *equation, const Column *columns, int count, int all, float width)
{
    int units = equation->result.rows, room = (int)(in->room.h / LINE_HEIGHT);
    bool whole = room >= units && count == all;
    int shown = whole ? units : room - 1 < units ? room - 1 : units;
    shown = shown < 1 ? 1 : shown;
    for (int line = 0; line < shown; line++)
        unit_line(in, equation, columns, count, width, unit_of(in, line));
    if (!whole && room > shown)
        draw_left_out(in, shown, units, count, all);
}

float inspect_table_height(const Equation *equation)
{
    enum { UNITS = 8 };
    return HEAD_HEIGHT + LINE_HEIGHT * fminf((float)equation->result.rows, UNITS);
}

void inspect_table(Inspector *in, const Equation *equation)
{
    Column columns[COLUMNS_MOST];
    int all = list_columns(equation, columns);
    int most = (int)((in->room.w - UNIT_WIDTH) / COLUMN_WIDTH) - 1, count = all > most ? most : all;
    if (in->snapshot->presented || in->room.h < HEAD_HEIGHT + LINE_HEIGHT || equation->result.columns != 1 ||
        !equation->result.value)
        return;
    const Column *shown = columns + all - count;
    float width = fminf(in->room.w < 400 ? 70 : 110, (in->room.w - UNIT_WIDTH) / (float)(count + 1)),
          x = in->room.x + in->room.w;
    draw_text(in->out, INK_FAINT, TYPE_CAPTION, in->room.x, in->room.y + 13, ALIGN_LEFT, "unit");
    draw_head(in, x - 2, width, equation->result.formula);
    for (int i = count - 1; i >= 0; i--)
        draw_head(in, x -= width, width, head_of(equation, shown[i], in->out->arena));
    rect_cut_top(&in->room, HEAD_HEIGHT);
    unit_lines(in, equation, shown, count, all, width);
}
