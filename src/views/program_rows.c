#include <math.h>

#include "views/program_card.h"

// The rows of the program, a line each; where they have no room, those around the reader's.
enum { HEADS_HEIGHT = 15, ROW_LEAST = 15, ROW_MOST = 38 }; // px

static void draw_heads(const ProgramCard *card, Rect line, const RowLook *look)
{
    float right = line.x + line.w, y = line.y + 10;
    if (program_values_shown(card))
        draw_text(card->out, INK_FAINT, TYPE_CAPTION, right - (card->backward ? look->number_width : 0), y, ALIGN_RIGHT,
                  "length");
    if (card->backward)
        draw_text(card->out, INK_BACKWARD, TYPE_CAPTION, right, y, ALIGN_RIGHT, "gradient");
}

// The rows of the layer and direction that is looked at, and what its layer gives to what stands above.
static bool is_shown(const ProgramCard *card, int row)
{
    const ProgramSlot *slot = &card->program->slots[card->program->rows[row].y];
    return slot->layer == card->snapshot->layer && (slot->reverse == card->snapshot->reverse || slot->of_cell == NONE);
}

static int list_rows(const ProgramCard *card, int *rows)
{
    int count = 0;
    for (int row = 0; row < card->program->row_count; row++)
        if (is_shown(card, row))
            rows[count++] = row;
    return count;
}

// In place of rows that have no room; a press goes to the nearest of them, and they come into sight.
static void draw_more(const ProgramCard *card, Rect line, int rows, int nearest)
{
    const char *name = draw_print(card->out, "rows from %d", nearest), *press = program_row_press(card, nearest);
    uint32_t id = hot_id(name);
    if (card->out->hover == id)
        draw_rect(card->out, INK_CONTROL, line, 4);
    if (card->out->focus == id)
        draw_frame(card->out, INK_FOCUS, line, 4, 2);
    draw_textf(card->out, INK_SOFT, TYPE_CAPTION, line.x, line.y + line.h / 2 + 4, ALIGN_LEFT, "… %d more", rows);
    draw_hot(card->out, (Hot){.id = id,
                              .area = line,
                              .press = press,
                              .tip = press ? "goes to the nearest of them" : "they come into sight while stepping",
                              .pointed = {0, NONE, NONE},
                              .focusable = press != NULL});
}

// As many rows around the reader's as fit, and signs of those that do not.
static void draw_window(ProgramCard *card, const int *rows, int count, float height, int fit)
{
    int present = 0;
    for (int i = 0; i < count; i++)
        present = program_row_present(card, rows[i]) ? i : present;
    int first = present - fit / 2;
    first = first + fit > count ? count - fit : first;
    first = first < 0 ? 0 : first;
    for (int i = first; i < first + fit; i++) {
        Rect line = rect_cut_top(&card->rest, height);
        if (i == first && first > 0)
            draw_more(card, line, first + 1, rows[first]);
        else if (i == first + fit - 1 && first + fit < count)
            draw_more(card, line, count - i, rows[i]);
        else
            program_row(card, line, rows[i]);
    }
}

void program_rows(ProgramCard *card)
{
    int *rows = arena_new(card->out->arena, int, card->program->row_count), count = list_rows(card, rows);
    Rect heads = rect_cut_top(&card->rest, HEADS_HEIGHT);
    float height = fminf(ROW_MOST, fmaxf(ROW_LEAST, floorf(card->rest.h / (float)count)));
    int fit = (int)(card->rest.h / height);
    draw_heads(card, heads, program_look(card, height));
    draw_window(card, rows, count, height, fit < count ? fit : count);
}
