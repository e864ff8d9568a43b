#include "views/cell_parts.h"
#include "views/place.h"

bool cell_has_gates(const Program *program)
{
    for (int slot = 0; slot < program->slot_count; slot++)
        if (program->slots[slot].slot.role == ROLE_GATE)
            return true;
    return false;
}

void cell_draw(const Snapshot *snapshot, int t, Rect area, DrawList *out)
{
    Cell cell = {.snapshot = snapshot, .program = snapshot->program, .out = out, .area = area, .t = t};
    cell.backward = place_has_gradients(snapshot);
    cell_measure(&cell);
    draw_rect(out, INK_PANEL, (Rect){area.x + CELL_SIDE / 2, area.y, area.w - CELL_SIDE, area.h}, 10);
    draw_frame(out, INK_HAIRLINE, (Rect){area.x + CELL_SIDE / 2, area.y, area.w - CELL_SIDE, area.h}, 10, 1);
    cell_wires(&cell);
    cell_ends(&cell);
    for (int slot = 0; slot < cell.program->slot_count; slot++)
        if (cell_has(&cell, slot) && !cell_outside(&cell, slot)) {
            cell_values(&cell, slot);
            cell_node(&cell, slot);
        }
}
