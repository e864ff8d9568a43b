#include "views/labels.h"

#include <math.h>

LabelRow label_row(DrawList *out, float left, float right, float gap)
{
    return (LabelRow){.out = out, .left = left, .right = right, .gap = gap};
}

bool label_free(const LabelRow *row, float left, float right)
{
    for (int i = 0; i < row->count; i++)
        if (left < row->taken[i][1] + row->gap && right > row->taken[i][0] - row->gap)
            return false;
    return true;
}

void label_take(LabelRow *row, float left, float right)
{
    if (row->count == row->room) {
        int room = row->room ? 2 * row->room : 32;
        float(*taken)[2] = arena_alloc(row->out->arena, sizeof *taken * (size_t)room);
        for (int i = 0; i < row->count; i++) {
            taken[i][0] = row->taken[i][0];
            taken[i][1] = row->taken[i][1];
        }
        row->taken = taken;
        row->room = room;
    }
    row->taken[row->count][0] = left;
    row->taken[row->count++][1] = right;
}

bool label_put(LabelRow *row, Ink ink, Type type, float x, float y, const char *text)
{
    float width = draw_width(row->out, type, text);
    float left = fmaxf(fminf(x - width / 2, row->right - width), row->left);
    if (left + width > row->right + 0.01f || !label_free(row, left, left + width))
        return false;
    label_take(row, left, left + width);
    draw_text(row->out, ink, type, left + width / 2, y, ALIGN_CENTRE, text);
    return true;
}
