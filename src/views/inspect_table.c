#include <math.h>

#include "base/words.h"
#include "ui/formula.h"
#include "views/exact.h"
#include "views/inspect.h"

// The numbers of an equation: a column an operand (a matrix and what it multiplies are one), a line a unit.
enum { LINE_HEIGHT = 18, HEAD_HEIGHT = 20, COLUMN_WIDTH = 54, UNIT_WIDTH = 30, COLUMNS_MOST = 8 };

static const float HEAD_LEAST = 6.5f;

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

static void draw_number(Inspector *in, Ink ink, Type type, float x, float y, double value)
{
    char text[NUMBER_SIZE];
    draw_text(in->out, ink, type, x, y, ALIGN_RIGHT, number_short(text, value));
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
    float y = line.y + 13, x = line.x + line.w;
    Ink way = equation->result.backward ? INK_BACKWARD : INK_FORWARD;
    if (chosen)
        draw_rect(in->out, INK_HERE, line, 3);
    draw_textf(in->out, INK_SOFT, TYPE_CAPTION, line.x + 4, y, ALIGN_LEFT, "%d", unit + 1);
    draw_number(in, way, (Type){FACE_SEMIBOLD, 11.5f}, x - 2, y, at(&equation->result, unit, 0));
    for (int i = count - 1; i >= 0; i--) {
        x -= width;
        if (has_number(equation, columns[i], unit))
            draw_number(in, INK_TEXT, (Type){FACE_WORDS, 11.5f}, x, y, number_in(equation, columns[i], unit));
    }
}

// As many units as there is room for; the last line says how many are left.
static void unit_lines(Inspector *in, const Equation *equation, const Column *columns, int count, float width)
{
    int line = 0, units = equation->result.rows;
    while (line < units && in->room.h >= LINE_HEIGHT * (line > 0 && line + 1 < units ? 2 : 1))
        unit_line(in, equation, columns, count, width, unit_of(in, line++));
    if (line < units && in->room.h >= LINE_HEIGHT)
        draw_textf(in->out, INK_FAINT, TYPE_CAPTION, in->room.x + 4, rect_cut_top(&in->room, LINE_HEIGHT).y + 13,
                   ALIGN_LEFT, "… %d more", units - line);
}

void inspect_table(Inspector *in, const Equation *equation)
{
    Column columns[COLUMNS_MOST];
    int count = list_columns(equation, columns);
    int most = (int)((in->room.w - UNIT_WIDTH) / COLUMN_WIDTH) - 1;
    if (in->snapshot->presented || in->room.h < HEAD_HEIGHT + LINE_HEIGHT || equation->result.columns != 1 ||
        !equation->result.value)
        return;
    const Column *shown = count > most ? columns + count - most : columns;
    count = count > most ? most : count;
    float width = fminf(in->room.w < 400 ? 70 : 110, (in->room.w - UNIT_WIDTH) / (float)(count + 1)),
          x = in->room.x + in->room.w;
    draw_text(in->out, INK_FAINT, TYPE_CAPTION, in->room.x, in->room.y + 13, ALIGN_LEFT,
              shown > columns ? "unit …" : "unit"); // what does not fit is left out, and said to be
    draw_head(in, x - 2, width, equation->result.formula);
    for (int i = count - 1; i >= 0; i--)
        draw_head(in, x -= width, width, head_of(equation, shown[i], in->out->arena));
    rect_cut_top(&in->room, HEAD_HEIGHT);
    unit_lines(in, equation, shown, count, width);
}
