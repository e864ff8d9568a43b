#include "views/cell_parts.h"
#include "views/place.h"

bool cell_has_gates(const Program *program)
{
    for (int slot = 0; slot < program->slot_count; slot++)
        if (program->slots[slot].slot.role == ROLE_GATE)
            return true;
    return false;
}

// ---- what 0 and 1 do --------------------------------------------------------------------------------------------
enum { LEGEND_LINE = 15, LEGEND_APART = 14 };

// A line, or as many as it takes, of "f  0 erases, 1 keeps"; returns its height. Drawn only where `draws`.
static float legend(const Cell *cell, Rect area, bool draws)
{
    float x = area.x, y = area.y;
    for (int k = 0; k < cell->columns * cell->stand_count; k++) { // from left to right
        int i = k % cell->stand_count;
        const Slot *slot = cell_slot_of(cell, &cell->stands[i]);
        if (slot->role != ROLE_GATE || slot->column != k / cell->stand_count)
            continue;
        float width = 14 + draw_width(cell->out, TYPE_CAPTION, slot->means);
        if (x > area.x && x + width > area.x + area.w) {
            x = area.x;
            y += LEGEND_LINE;
        }
        if (draws) {
            draw_formula(cell->out, INK_TEXT, 13, x, y + 11, ALIGN_LEFT, cell_letter(cell, &cell->stands[i]));
            draw_text(cell->out, INK_SOFT, TYPE_CAPTION, x + 14, y + 11, ALIGN_LEFT, slot->means);
        }
        x += width + LEGEND_APART;
    }
    return x > area.x || y > area.y ? y + LEGEND_LINE - area.y : 0;
}

void cell_draw(const Snapshot *snapshot, int t, Rect area, DrawList *out)
{
    enum { BESIDE = 13, RADIUS = 10 };
    Cell cell = {.snapshot = snapshot, .program = snapshot->program, .out = out, .area = area, .t = t};
    cell.backward = place_has_gradients(snapshot);
    cell_place(&cell);
    float words = legend(&cell, area, false);
    if (area.h - words >= CELL_LEAST + CELL_LEAST / 3 && words > 0) {
        legend(&cell, rect_cut_bottom(&area, words), true);
        cell.area = area;
        cell_place(&cell);
    }
    cell.taken = arena_new(out->arena, Rect, 4 * cell.stand_count);
    cell_route(&cell);
    Rect panel = {cell.area.x + BESIDE, cell.area.y, cell.area.w - 2 * BESIDE, cell.area.h};
    draw_rect(out, INK_PANEL, panel, RADIUS);
    draw_frame(out, INK_HAIRLINE, panel, RADIUS, 1);
    cell_wires(&cell);
    cell_ends(&cell);
    cell_values(&cell);
    cell_nodes(&cell);
}
