#include "views/graph.h"

// ---- units as squares -------------------------------------------------------------------------------------------
// The number of columns that leaves the largest squares.
UnitGrid unit_grid(Rect area, int units)
{
    UnitGrid best = {.rows = 1, .columns = 1};
    float size = 0;
    for (int columns = 1; columns <= units; columns++) {
        int rows = (units + columns - 1) / columns;
        float fits = lesser(area.w / (float)columns, area.h / (float)rows);
        bool full = rows * columns == units; // a rectangle without a rest looks calmer
        if (fits * (full ? 1.15f : 1) <= size)
            continue;
        size = fits * (full ? 1.15f : 1);
        best.rows = rows;
        best.columns = columns;
    }
    float width = lesser(area.w / (float)best.columns, area.h / (float)best.rows * 1.3f) * (float)best.columns;
    float height = lesser(area.h / (float)best.rows, area.w / (float)best.columns * 1.3f) * (float)best.rows;
    best.area = (Rect){area.x + (area.w - width) / 2, area.y + (area.h - height) / 2, width, height};
    return best;
}

Rect unit_square(const UnitGrid *grid, int unit)
{
    float w = grid->area.w / (float)grid->columns, h = grid->area.h / (float)grid->rows;
    float column = (float)(unit % grid->columns), row = (float)(unit / grid->columns);
    return (Rect){grid->area.x + w * column, grid->area.y + h * row, w, h};
}

static float gap_of(float square)
{
    return square >= 8 ? 2 : square >= 4 ? 1 : 0;
}

const double *lane_shown(const Graph *graph, const Lane *lane, const Real *values)
{
    int units = graph->program->dims.H;
    double *shown = arena_new(graph->out->arena, double, units);
    for (int unit = 0; unit < units; unit++)
        shown[unit] = values[unit] / lane->scale;
    return shown;
}

// All full rows are one heat map; what is left over is another.
static void draw_unit_grid(const Graph *graph, const UnitGrid *grid, const double *values, int units)
{
    int full = units / grid->columns, rest = units % grid->columns;
    Rect square = unit_square(grid, 0), area = grid->area;
    Grid map = {.value = values,
                .rows = full,
                .columns = grid->columns,
                .row_stride = grid->columns,
                .column_stride = 1,
                .ramp = RAMP_SIGNED,
                .gap = gap_of(lesser(square.w, square.h))};
    area.h = square.h * (float)full;
    if (full > 0)
        draw_grid(graph->out, area, map);
    map.value = values + (long)full * grid->columns;
    map.rows = 1;
    map.columns = rest;
    if (rest > 0)
        draw_grid(graph->out, (Rect){area.x, area.y + area.h, square.w * (float)rest, square.h}, map);
}

void draw_units(const Graph *graph, const Lane *lane, Rect area, const Real *values)
{
    int units = graph->program->dims.H;
    const char *sign = not_finite_sign(values, units);
    if (sign) {
        Type type = {FACE_BOLD, lesser(13, area.w * 0.38f)};
        if (type.size >= 7)
            draw_text(graph->out, INK_WARNING, type, area.x + area.w / 2, area.y + area.h / 2 + type.size * 0.36f,
                      ALIGN_CENTRE, sign);
        return;
    }
    UnitGrid grid = unit_grid(area, units);
    draw_unit_grid(graph, &grid, lane_shown(graph, lane, values), units);
}

// A middle column is too narrow for squares: a strip, unit 1 at the top, as in the view of the hidden state.
static void draw_strip(const Graph *graph, const Lane *lane, Rect area, const Real *values)
{
    int units = graph->program->dims.H;
    Grid strip = {.value = lane_shown(graph, lane, values),
                  .rows = units,
                  .columns = 1,
                  .row_stride = 1,
                  .column_stride = 1,
                  .ramp = RAMP_SIGNED};
    draw_grid(graph->out, area, strip);
    if (!all_finite(values, units))
        draw_frame(graph->out, INK_WARNING, area, 1, 1.5f);
}

// ---- a cell -----------------------------------------------------------------------------------------------------
static Rect inside_lane(const Graph *graph, Rect cell, const Lane *lane)
{
    float side = graph->columns == COLUMN_WIDE ? lesser(5, cell.w * 0.12f) : 2;
    float edge = graph->columns == COLUMN_WIDE ? 5 : 2.5f;
    float between = graph->lane_count > 1 ? lesser(lane->h * 0.1f, 8) : edge;
    bool first = lane == graph->lanes, last = lane == graph->lanes + graph->lane_count - 1;
    float top = first ? edge : between, bottom = last ? edge : between;
    return (Rect){cell.x + side, lane->y - lane->h / 2 + top, cell.w - 2 * side, lane->h - top - bottom};
}

static bool is_marked(const Graph *graph, int t, int unit)
{
    const Snapshot *s = graph->snapshot;
    return (s->pointed_t == t && s->pointed_unit == unit) || (s->selected_t == t && s->selected_unit == unit + 1);
}

enum { UNIT_HOTS_MOST = 128 };

// Every unit can be pointed at; where that would be very many, those of the column that the pointer is in, and those
// that are pinned.
static bool has_unit_hots(const Graph *graph, int t)
{
    int columns = graph->axis.last - graph->axis.first + 1;
    return graph->snapshot->pointed_t == t || columns * graph->lane_count * graph->program->dims.H <= UNIT_HOTS_MOST;
}

static const char *unit_name(const Graph *graph, const Lane *lane, int t, int unit)
{
    return draw_print(graph->out, "graph.unit.%s.%d.%d", lane->sign, t, unit);
}

static bool unit_pinned(const Graph *graph, const Lane *lane, int t, int unit)
{
    return graph->out->pin_count > 0 && graph_asked(graph, unit_name(graph, lane, t, unit));
}

void graph_unit_marks(const Graph *graph, int t, Rect area)
{
    UnitGrid grid = unit_grid(area, graph->program->dims.H);
    for (int unit = 0; unit < graph->program->dims.H; unit++)
        if (is_marked(graph, t, unit))
            draw_frame(graph->out, INK_FOCUS, unit_square(&grid, unit), 2, 1.5f);
}

void graph_unit_hots(const Graph *graph, const Lane *lane, int t, Rect area)
{
    UnitGrid grid = unit_grid(area, graph->program->dims.H);
    for (int unit = 0; unit < graph->program->dims.H; unit++) {
        Rect square = unit_square(&grid, unit);
        bool hot = has_unit_hots(graph, t) || unit_pinned(graph, lane, t, unit);
        if (!hot || lesser(square.w, square.h) < 4)
            continue;
        const char *name = unit_name(graph, lane, t, unit);
        graph_hot(graph, name, square, press_select(graph, t, unit),
                  tip_of_state(graph, lane, t, unit, graph_asked(graph, name)), (Pointed){t, lane->slot, unit});
    }
}

void graph_cell_hot(const Graph *graph, int t, Rect area)
{
    const Lane *last = &graph->lanes[graph->lane_count - 1];
    const char *name = draw_print(graph->out, "graph.cell.%d", t);
    graph_hot(graph, name, area, press_step(graph, t), tip_of_state(graph, last, t, NONE, graph_asked(graph, name)),
              (Pointed){t, last->slot, NONE});
}

static void draw_lane(const Graph *graph, const Lane *lane, int t, Rect cell)
{
    const Real *values = snapshot_value(graph->snapshot, lane->slot, t);
    Rect area = inside_lane(graph, cell, lane);
    if (!values || area.h < 1 || area.w < 1)
        return;
    if (graph->columns == COLUMN_WIDE) {
        draw_units(graph, lane, area, values);
        graph_unit_marks(graph, t, area);
        graph_unit_hots(graph, lane, t, area);
    } else {
        draw_strip(graph, lane, area, values);
    }
}

// The cell that the last operation belongs to has a thick frame in the direction's ink.
static void draw_frame_of(const Graph *graph, int t, Rect cell, float radius)
{
    Place place = graph->snapshot->place;
    bool here = !graph->snapshot->probe && place.row != NONE && place.t == t;
    bool known = snapshot_value(graph->snapshot, graph->lanes[0].slot, t) != NULL;
    bool wide = graph->columns == COLUMN_WIDE;
    if (here) {
        Ink ink = place.phase == PHASE_BACKWARD ? INK_BACKWARD : INK_FORWARD;
        draw_frame(graph->out, ink, rect_inset(cell, -0.5f), radius + 0.5f, wide ? 2.6f : 2);
        return;
    }
    uint8_t before = draw_fade(graph->out, known ? 1 : 0.4f);
    draw_frame(graph->out, INK_NODE_FRAME, cell, radius, 1.2f);
    graph->out->alpha = before;
}

static void draw_cell(const Graph *graph, int t)
{
    Rect cell = graph_cell(graph, t);
    float radius = graph->columns == COLUMN_WIDE ? 6 : lesser(4, cell.w * 0.25f);
    draw_rect(graph->out, INK_NODE, cell, radius);
    graph_cell_hot(graph, t, cell);
    for (int i = 0; i < graph->lane_count; i++)
        draw_lane(graph, &graph->lanes[i], t, cell);
    draw_beside(graph, t);
    draw_frame_of(graph, t, cell, radius);
}

void graph_cells(const Graph *graph)
{
    for (int t = graph->axis.first; t <= graph->axis.last; t++)
        if (!snapshot_padding(graph->snapshot, t))
            draw_cell(graph, t);
}
