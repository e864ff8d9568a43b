#include "views/graph_fold.h"
#include "views/graph_nodes.h"
#include "views/terms.h"

// What is pointed at elsewhere is framed in the folded graph. It is the same cell at every time step, so whatever is
// another one's is marked at its place too; but what the state was before stands at the delay.
static void frame(const Loop *loop, Rect around, float radius)
{
    draw_frame(loop->graph->out, INK_FOCUS, rect_inset(around, -2), radius, 2);
}

static void ring(const Loop *loop, float y)
{
    draw_ring(loop->graph->out, INK_FOCUS, loop->x, y, loop->radius + 3, 2);
}

static bool mark_node(const Loop *loop, int slot)
{
    const Program *p = loop->graph->program;
    bool loss = slot == p->loss, answer = slot == p->answer;
    if (slot == p->input && loop->graph->snapshot->layer == 0)
        ring(loop, loop->input_y);
    else if ((answer || loss) && loop_readout(loop->graph))
        ring(loop, loop->answer_y);
    else
        return false;
    return true;
}

static bool mark_lane(const Loop *loop, int slot, int t)
{
    for (int i = 0; i < loop->graph->lane_count; i++) {
        LoopLane lane = loop_lane(loop, i);
        bool before = t == loop_before(loop) || t < 1;
        if (lane.lane->slot != slot)
            continue;
        frame(loop, before ? loop_delay(loop, &lane) : rect_inset(lane.cell, 4), before ? 5 : 6);
        return true;
    }
    return false;
}

static void mark_cell(const Loop *loop, int slot)
{
    const ProgramSlot *of = &loop->graph->program->slots[slot];
    int layer = loop->graph->snapshot->layer;
    if (of->layer == layer)
        frame(loop, loop->cell, 9);
    else
        ring(loop, of->layer > layer ? loop->answer_y : loop->input_y);
}

void loop_pointed(const Loop *loop)
{
    const Snapshot *s = loop->graph->snapshot;
    Pointed seen = term_seen(s);
    bool unit = s->pointed_unit != NONE && s->pointed_t == loop->t; // which has a frame of its own
    if (seen.slot == NONE || unit || mark_node(loop, seen.slot) || mark_lane(loop, seen.slot, seen.t))
        return;
    mark_cell(loop, seen.slot);
}
