#include <math.h>

#include "base/math.h"
#include "ui/formula.h"
#include "views/inspect.h"

// An equation as pictures in its own order. Terms stand side by side while there is room, then below each other; the
// size of a cell is the largest with which all of it fits.
enum { SIGN_ROOM = 18, PRODUCT_ROOM = 5, LINE_GAP = 6, ABOVE = 4, UNDER = 8 };
static const float SIGN_SIZE = 14;
static const float cell_sizes[] = {14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5f, 0.25f, 0.125f};

typedef struct {
    Inspector *in;
    const Equation *equation;
    const char *name;
    Rect area;
    float cell, line; // px; of a cell, of the highest in a line
    float x, y;       // of the next
    double largest;   // of all gradients, so that one can be held against the other
    bool drawing;
} Picture;

static bool is_number(const Operand *operand)
{
    return operand->rows == 1 && operand->columns == 1 && operand->slot == NONE;
}

static float sign_width(const Picture *p, const char *text)
{
    return formula_width(p->in->out->fonts, p->in->out->arena, SIGN_SIZE, text);
}

static float side(float count, float cell)
{
    return fmaxf(count * cell, 3);
}

// A vector is as wide as a cell, but not a hair.
static float operand_width(const Picture *p, const Operand *operand)
{
    if (is_number(operand))
        return sign_width(p, operand->formula) + 4;
    return operand->columns == 1 ? fmaxf(p->cell, 5) : side((float)operand->columns, p->cell);
}

static float operand_height(const Picture *p, const Operand *operand)
{
    return is_number(operand)   ? SIGN_SIZE
           : operand->rows == 1 ? fmaxf(p->cell, 5)
                                : side((float)operand->rows, p->cell);
}

// ---- one operand ----------------------------------------------------------------------------------------------------
static double largest_of(const Operand *operand)
{
    return operand->value ? math_abs(inspect_largest(operand, 0, operand->rows, 0, operand->columns)) : 0;
}

static double scale_of(const Picture *p, const Operand *operand)
{
    double most = operand->backward ? p->largest : largest_of(operand);
    if ((operand->slot != NONE || operand->ramp == RAMP_UNIT) && !operand->backward)
        most = most > 1 ? most : 1;
    return most > 0 && isfinite(most) ? most : 1;
}

// At most one cell a pixel; what is joined shows its largest.
static void draw_cells(const Picture *p, const Operand *operand, Rect rect)
{
    int rows = (int)fminf((float)operand->rows, fmaxf(rect.h, 1)),
        columns = (int)fminf((float)operand->columns, fmaxf(rect.w, 1));
    double *cell = arena_new(p->in->out->arena, double, rows *columns), scale = scale_of(p, operand);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            int row = i * operand->rows / rows, column = j * operand->columns / columns;
            int below = (i + 1) * operand->rows / rows, right = (j + 1) * operand->columns / columns;
            cell[i * columns + j] = inspect_largest(operand, row, below - row, column, right - column) / scale;
        }
    draw_grid(p->in->out, rect,
              (Grid){.value = cell,
                     .rows = rows,
                     .columns = columns,
                     .row_stride = columns,
                     .column_stride = 1,
                     .ramp = operand->ramp,
                     .gap = p->cell >= 5 ? 1 : 0});
}

static void draw_operand(Picture *p, const Operand *operand, const char *name, Rect rect)
{
    DrawList *out = p->in->out;
    if (is_number(operand)) {
        draw_formula(out, INK_TEXT, SIGN_SIZE, rect.x + 2, rect.y + SIGN_SIZE * 0.8f, ALIGN_LEFT, operand->formula);
        return;
    }
    if (operand->value)
        draw_cells(p, operand, rect);
    else
        draw_frame(out, INK_HAIRLINE, rect, 2, 1);
    inspect_operand_hot(p->in, operand, draw_print(out, "%s %s", p->name, name), rect);
}

// ---- in a row -------------------------------------------------------------------------------------------------------
static void put_sign(Picture *p, const char *sign, float room)
{
    if (p->drawing && sign)
        draw_formula(p->in->out, INK_TEXT, SIGN_SIZE, p->x + room / 2, p->y + p->line / 2 + 5, ALIGN_CENTRE, sign);
    p->x += room;
}

static void put_operand(Picture *p, const Operand *operand, const char *name)
{
    float width = operand_width(p, operand), height = operand_height(p, operand);
    if (p->drawing)
        draw_operand(p, operand, name, (Rect){p->x, p->y + (p->line - height) / 2, width, height});
    p->x += width;
}

// What is applied stands before a bracket that closes behind.
static const char *const opening[] = {
    [APPLY_NOTHING] = NULL,
    [APPLY_SIGMOID] = "\\text{σ(}",
    [APPLY_TANH] = "\\text{tanh(}",
    [APPLY_RELU] = "\\text{max(0, }",
    [APPLY_SOFTMAX] = "\\text{softmax(}",
    [APPLY_LOG_SOFTMAX] = "\\text{ln softmax(}",
    [APPLY_MEAN_SQUARE] = "\\text{mean(}",
    [APPLY_WITHIN] = "\\clip{\\text{cut to θ (}}",
};

static void put_opening(Picture *p, Apply apply)
{
    if (apply != APPLY_NOTHING)
        put_sign(p, opening[apply], sign_width(p, opening[apply]) + 4);
}

static void put_closing(Picture *p, Apply apply)
{
    const char *sign = apply == APPLY_MEAN_SQUARE ? "\\text{²)}" : "\\text{)}";
    if (apply != APPLY_NOTHING)
        put_sign(p, sign, sign_width(p, sign) + 4);
}

static void put_joined(Picture *p, int i)
{
    static const char *const signs[] = {
        [JOIN_PLUS] = "+", [JOIN_MINUS] = "-", [JOIN_TIMES] = "\\odot", [JOIN_PRODUCT] = NULL};
    const Operand *operand = &p->equation->operand[i];
    bool of_number = i > 0 && is_number(&p->equation->operand[i - 1]);
    bool said = i > 0 || operand->join == JOIN_MINUS;
    const char *sign = said && !(of_number && operand->join == JOIN_TIMES) ? signs[operand->join] : NULL;
    if (i > 0 || sign)
        put_sign(p, sign, sign ? SIGN_ROOM : PRODUCT_ROOM);
    put_opening(p, operand->apply);
    put_operand(p, operand, draw_print(p->in->out, "%d", i));
    put_closing(p, operand->apply);
}

static int term_end(const Equation *equation, int first)
{
    int end = first + 1;
    while (end < equation->count && equation->operand[end].join != JOIN_PLUS &&
           equation->operand[end].join != JOIN_MINUS)
        end++;
    return end;
}

static float highest(const Picture *p)
{
    float most = operand_height(p, &p->equation->result);
    for (int i = 0; i < p->equation->count; i++)
        most = fmaxf(most, operand_height(p, &p->equation->operand[i]));
    return fmaxf(most, SIGN_SIZE);
}

// Without drawing, how wide a term is.
static float term_width(const Picture *p, int first, int end)
{
    Picture measured = *p;
    measured.drawing = false;
    measured.x = 0;
    for (int i = first; i < end; i++)
        put_joined(&measured, i);
    return measured.x;
}

// Returns the height; false in *fits where some term is too wide.
static float lay_out(Picture *p, bool *fits)
{
    const Equation *equation = p->equation;
    float indent;
    p->line = highest(p);
    p->x = p->area.x;
    p->y = p->area.y;
    put_operand(p, &equation->result, "result");
    put_sign(p, equation->in_part ? "\\gets" : "=", SIGN_ROOM + 4);
    indent = p->x - SIGN_ROOM / 2;
    put_opening(p, equation->apply);
    *fits = true;
    for (int first = 0, end; first < equation->count; first = end) {
        end = term_end(equation, first);
        float width = term_width(p, first, end) + (equation->apply ? 10 : 0);
        if (first > 0 && p->x + width > p->area.x + p->area.w) {
            p->x = indent;
            p->y += p->line + LINE_GAP;
        }
        *fits = *fits && p->x + width <= p->area.x + p->area.w;
        for (int i = first; i < end; i++)
            put_joined(p, i);
    }
    put_closing(p, equation->apply);
    return p->y + p->line - p->area.y;
}

static double largest_gradient(const Equation *equation)
{
    double most = equation->result.backward ? largest_of(&equation->result) : 0;
    for (int i = 0; i < equation->count; i++)
        if (equation->operand[i].backward)
            most = fmax(most, largest_of(&equation->operand[i]));
    return most;
}

void inspect_picture(Inspector *in, const Equation *equation, const char *name, float height)
{
    Picture picture = {.in = in,
                       .equation = equation,
                       .name = name,
                       .area = {in->room.x, in->room.y + ABOVE, in->room.w, in->room.h - ABOVE},
                       .largest = largest_gradient(equation)};
    float most = fminf(height, in->room.h - ABOVE - UNDER), needed = 0;
    bool fits = false;
    for (size_t i = 0; i < sizeof cell_sizes / sizeof *cell_sizes && !fits; i++) {
        picture.cell = cell_sizes[i];
        needed = lay_out(&picture, &fits);
        fits = fits && needed <= most;
    }
    if (!fits)
        return;
    picture.drawing = true;
    lay_out(&picture, &fits);
    rect_cut_top(&in->room, ABOVE + needed + UNDER);
}
