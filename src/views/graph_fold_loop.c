#include "views/graph_fold.h"

// The state goes from the cell through a delay back into it.
LoopLane loop_lane(const Loop *loop, int i)
{
    const Graph *graph = loop->graph;
    float h = loop->cell.h / (float)graph->lane_count, part = graph->lane_count > 1 ? 0.26f : 0.32f;
    Rect cell = {loop->cell.x, loop->cell.y + h * (float)i, loop->cell.w, h};
    return (LoopLane){&graph->lanes[i], cell, cell.y + h / 2, lesser(h * part, 34)};
}

Rect loop_units(const LoopLane *lane)
{
    return (Rect){lane->cell.x + 8, lane->cell.y + 7, lane->cell.w - 16, lane->cell.h - 14};
}

Rect loop_delay(const Loop *loop, const LoopLane *lane)
{
    float x = loop->cell.x + loop->cell.w + loop->reach;
    return (Rect){x - DELAY_WIDTH / 2.0f, lane->y - DELAY_HEIGHT / 2.0f, DELAY_WIDTH, DELAY_HEIGHT};
}

int loop_before(const Loop *loop)
{
    return loop->graph->snapshot->reverse ? loop->t + 1 : loop->t - 1;
}

void loop_points(const Loop *loop, const LoopLane *lane, float out, Point points[4])
{
    float right = loop->cell.x + loop->cell.w, far = right + (loop->reach + out) * 1.33f;
    points[0] = (Point){right, lane->y - lane->half - out};
    points[1] = (Point){far, lane->y - lane->half - out};
    points[2] = (Point){far, lane->y + lane->half + out};
    points[3] = (Point){right + 10, lane->y + lane->half + out};
}

static void draw_names(const Loop *loop, const LoopLane *lane)
{
    DrawList *out = loop->graph->out;
    float right = loop->cell.x + loop->cell.w;
    bool beside = 2 * lane->half < 38; // no room for one name above the other
    if (2 * lane->half < 20)
        return;
    draw_formula(out, INK_TEXT, 15, right + 10, lane->y - lane->half + 16, ALIGN_LEFT,
                 draw_print(out, "%s_{%d}", lane->lane->sign, shown_t(loop->graph, loop->t)));
    draw_formula(out, INK_TEXT, 15, right + (beside ? 46 : 10), lane->y + lane->half - 6, ALIGN_LEFT,
                 draw_print(out, "%s_{%d}", lane->lane->sign, shown_t(loop->graph, loop_before(loop))));
}

static void draw_forward_loop(const Loop *loop, const LoopLane *lane)
{
    const Graph *graph = loop->graph;
    bool done = snapshot_value(graph->snapshot, lane->lane->before, loop->t) != NULL;
    bool lit = lane->lane->slot == graph->snapshot->state && weight_pointed(graph, WEIGHT_HH);
    float width = lane->lane->width + (lit ? 1.5f : 0);
    Point points[4];
    loop_points(loop, lane, 0, points);
    uint8_t before = draw_fade(graph->out, done || lit ? 1 : 0.3f);
    draw_curve(graph->out, INK_FORWARD, points, width);
    draw_arrow(graph->out, INK_FORWARD, points[3].x, points[3].y, loop->cell.x + loop->cell.w, points[3].y, width);
    graph->out->alpha = before;
    draw_names(loop, lane);
}

// At the last time step nothing came round.
bool loop_comes_back(const Loop *loop, const LoopLane *lane, double *norm)
{
    int after = snapshot_after(loop->graph->snapshot, loop->t);
    *norm = lane_norm(loop->graph, lane->lane, loop->t);
    return !(*norm < 0) && after >= 1 && after <= snapshot_length(loop->graph->snapshot);
}

float loop_width(const LoopLane *lane, double norm)
{
    return lesser(backward_width(norm), lane->half * 0.45f);
}

static void draw_backward_loop(const Loop *loop, const LoopLane *lane)
{
    double norm;
    Point points[4];
    if (!loop_comes_back(loop, lane, &norm))
        return;
    float width = loop_width(lane, norm), right = loop->cell.x + loop->cell.w;
    loop_points(loop, lane, width / 2 + 4, points);
    points[3].x = right;
    draw_curve(loop->graph->out, gradient_ink(norm),
               (Point[4]){{right + 12, points[0].y}, points[1], points[2], points[3]}, width);
    draw_backward(loop->graph->out, norm, lane->half * 0.5f, (Point){right + 14, points[0].y},
                  (Point){right, points[0].y});
}

static void draw_delay(const Loop *loop, const LoopLane *lane)
{
    const Graph *graph = loop->graph;
    Rect box = loop_delay(loop, lane);
    const char *factor = factor_text(graph, lane_norm(graph, lane->lane, snapshot_after(graph->snapshot, loop->t)),
                                     lane_norm(graph, lane->lane, loop->t));
    draw_rect(graph->out, INK_NODE, box, 4);
    draw_frame(graph->out, INK_NODE_FRAME, box, 4, 1.2f);
    draw_formula(graph->out, INK_TEXT, 14, box.x + box.w / 2, lane->y + 4.5f, ALIGN_CENTRE,
                 graph->snapshot->reverse ? "t+1" : "t-1");
    if (factor)
        draw_text(graph->out, INK_BACKWARD, TYPE_STRONG, box.x + box.w + 16, lane->y + 4.5f, ALIGN_LEFT, factor);
}

void loop_draw(const Loop *loop)
{
    const Graph *graph = loop->graph;
    for (int i = 0; i < graph->lane_count; i++) {
        LoopLane lane = loop_lane(loop, i);
        draw_backward_loop(loop, &lane);
        draw_forward_loop(loop, &lane);
        draw_delay(loop, &lane);
        if (lane.lane->slot == graph->snapshot->state)
            graph_weight_name(graph, WEIGHT_HH, loop->cell.x + loop->cell.w + loop->reach / 2, lane.y + lane.half + 18,
                              ALIGN_CENTRE);
    }
}
