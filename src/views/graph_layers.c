#include "base/math.h"
#include "views/graph.h"
#include "views/graph_edge.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/scope.h"

// The layers that are not looked at: a slim box a column with their units as a strip, above or below the cell, so that
// the edges go up through all layers as the network computes; pressing one looks at it. A bidirectional layer is one
// box with a part for each direction: of the layer looked at the other direction is slim, too.
enum { LAYER_APART = 7, BOX_LEAST = 8, DOTS = 3, DOT_APART = 4 };

// ---- which there are --------------------------------------------------------------------------------------------
int layers_in(const Graph *graph, BandName band)
{
    int layer = graph->snapshot->layer;
    return band == BAND_BELOW ? layer : graph->program->dims.L - 1 - layer;
}

int layer_in(const Graph *graph, BandName band, int i)
{
    return band == BAND_BELOW ? graph->snapshot->layer - 1 - i : graph->program->dims.L - 1 - i;
}

static float box_height(const Graph *graph, BandName band)
{
    float count = (float)layers_in(graph, band);
    return (graph->bands[band].h - LAYER_APART * (count - 1)) / count;
}

bool layers_boxed(const Graph *graph, BandName band)
{
    return layers_in(graph, band) > 0 && box_height(graph, band) >= BOX_LEAST;
}

// From edge to edge of the band, so that what lies between two bands is seen as one gap.
Rect layer_box(const Graph *graph, BandName band, int i, int t)
{
    Rect cell = graph_cell(graph, t);
    float h = box_height(graph, band);
    float y = graph->bands[band].y + (h + LAYER_APART) * (float)i;
    return (Rect){cell.x, y, cell.w, h};
}

Rect graph_beside(const Graph *graph, Rect cell)
{
    Rect rest = cell;
    return graph->snapshot->reverse ? rect_cut_bottom(&rest, graph->beside) : rect_cut_top(&rest, graph->beside);
}

static int state_of(const Graph *graph, int layer, bool reverse)
{
    const Program *p = graph->program;
    return program_cell_slot(p, p->slots[p->state].of_cell, layer, reverse);
}

// ---- a strip of units -------------------------------------------------------------------------------------------
// At most one cell a pixel; of the units that share one, the largest in magnitude.
static Grid strip_of(const Graph *graph, int slot, const Real *values, float width)
{
    int units = graph->program->dims.H, cells = units < (int)width ? units : (int)greater(width, 1);
    double *cell = arena_new(graph->out->arena, double, cells), scale = heatmap_scale(graph->snapshot, slot);
    for (int unit = 0; unit < units; unit++) {
        double value = values[unit] / scale, *most = &cell[(long)unit * cells / units];
        *most = value != value || math_abs(value) > math_abs(*most) ? value : *most;
    }
    return (Grid){
        .value = cell, .rows = 1, .columns = cells, .row_stride = cells, .column_stride = 1, .ramp = RAMP_SIGNED};
}

static void draw_strip(const Graph *graph, int layer, bool reverse, int t, Rect area)
{
    int slot = state_of(graph, layer, reverse);
    const Real *values = snapshot_value(graph->snapshot, slot, t);
    if (values && area.h >= 1 && area.w >= 1)
        draw_grid(graph->out, area, strip_of(graph, slot, values, area.w));
}

static const char *tip_of_layer(const Graph *graph, int layer, bool reverse, bool both, int t, bool asked)
{
    const Program *p = graph->program;
    const char *name = both ? draw_print(graph->out, "layer %d, both directions", layer + 1)
                            : layer_name(p, layer, reverse, graph->out);
    int slot = state_of(graph, layer, reverse);
    const char *made = asked ? scope_value(graph->snapshot, slot, t, NONE, graph->out) : "";
    return draw_print(graph->out, "%s at t = %d: press to look at it%s%s", name, shown_t(graph, t), made,
                      asked ? scope_gradient(graph->snapshot, slot, t, NONE, graph->out) : "");
}

void graph_layer_hot(const Graph *graph, int layer, int t, Rect area)
{
    bool both = graph->program->net.bidirectional, reverse = graph->snapshot->reverse;
    const char *name = draw_print(graph->out, "graph.layer.%d.%d", layer, t);
    graph_hot(graph, name, area, layer_line(layer, reverse, graph->out),
              tip_of_layer(graph, layer, reverse, both, t, graph_asked(graph, name)), (Pointed){t, NONE, NONE});
}

// ---- boxes ------------------------------------------------------------------------------------------------------
static void draw_box(const Graph *graph, int layer, int t, Rect box)
{
    bool both = graph->program->net.bidirectional;
    Rect inside = rect_inset(box, 1.5f), upper = both ? rect_cut_top(&inside, inside.h / 2) : inside;
    bool known = snapshot_value(graph->snapshot, snapshot_output(graph->snapshot, layer), t) != NULL;
    draw_rect(graph->out, INK_NODE, box, 2);
    if (both)
        draw_strip(graph, layer, true, t, upper);
    draw_strip(graph, layer, false, t, inside);
    uint8_t before = draw_fade(graph->out, known ? 0.8f : 0.4f);
    draw_frame(graph->out, INK_NODE_FRAME, box, 2, 1);
    graph->out->alpha = before;
    graph_layer_hot(graph, layer, t, box);
}

void draw_beside(const Graph *graph, int t)
{
    const Snapshot *s = graph->snapshot;
    if (graph->beside == 0)
        return;
    Rect part = graph_beside(graph, graph_cell(graph, t)), inside = rect_inset(part, 1.5f);
    float y = s->reverse ? part.y : part.y + part.h;
    draw_strip(graph, s->layer, !s->reverse, t, inside);
    draw_line(graph->out, INK_HAIRLINE, part.x + 1, y, part.x + part.w - 1, y, 1);
    const char *name = draw_print(graph->out, "graph.beside.%d", t);
    graph_hot(graph, name, part, layer_line(s->layer, !s->reverse, graph->out),
              tip_of_layer(graph, s->layer, !s->reverse, false, t, graph_asked(graph, name)), (Pointed){t, NONE, NONE});
}

// Into the other direction's state at t: against the arrows of the one looked at.
static void edge_beside(const Graph *graph, int t)
{
    const Snapshot *s = graph->snapshot;
    int slot = state_of(graph, s->layer, !s->reverse), from = s->reverse ? t - 1 : t + 1;
    if (!axis_shows(graph->axis, from) || snapshot_padding(s, from))
        return;
    Rect to_cell = graph_beside(graph, graph_cell(graph, t)), from_cell = graph_cell(graph, from);
    float y = to_cell.y + to_cell.h / 2, x0 = s->reverse ? from_cell.x + from_cell.w : from_cell.x;
    float x1 = s->reverse ? to_cell.x : to_cell.x + to_cell.w;
    int read = graph->program->rows[graph->program->slots[slot].delay].y;
    bool done = snapshot_value(s, read, t) != NULL;
    uint8_t before = draw_fade(graph->out, done ? 0.6f : 0.26f);
    if (graph->columns == COLUMN_WIDE)
        draw_arrow(graph->out, INK_FORWARD, x0, y, x1, y, 1);
    else
        draw_line(graph->out, INK_FORWARD, x0, y, x1, y, 1);
    graph->out->alpha = before;
    graph_beside_edge_hot(graph, read, t, (Rect){lesser(x0, x1), y - 4, greater(x0, x1) - lesser(x0, x1), 8});
}

// ---- narrow columns -----------------------------------------------------------------------------------------------
static void heat_row(const Graph *graph, int layer, bool reverse, float y, float h)
{
    int slot = state_of(graph, layer, reverse);
    if (h >= 1)
        heatmap_cells(graph->snapshot, graph->axis,
                      (HeatMap){slot, RAMP_SIGNED, heatmap_scale(graph->snapshot, slot), y, h}, graph->out);
}

static void heat_layer(const Graph *graph, BandName band, int i)
{
    int layer = layer_in(graph, band, i);
    Rect box = layer_box(graph, band, i, graph->axis.first);
    bool both = graph->program->net.bidirectional;
    box.x = graph->axis.x0;
    box.w = axis_left(graph->axis, graph->axis.last + 1) - box.x;
    draw_rect(graph->out, INK_NODE, box, 0);
    if (both)
        heat_row(graph, layer, true, box.y, box.h / 2);
    heat_row(graph, layer, false, both ? box.y + box.h / 2 : box.y, both ? box.h / 2 : box.h);
    graph_hot(graph, draw_print(graph->out, "graph.layer.%d", layer), box,
              layer_line(layer, graph->snapshot->reverse, graph->out),
              draw_print(graph->out, "layer %d: press to look at it", layer + 1), (Pointed){0, NONE, NONE});
}

// ---- bands --------------------------------------------------------------------------------------------------------
// There are more layers than there is room for.
static void draw_dots(const Graph *graph, BandName band, int t)
{
    float x = axis_centre(graph->axis, t), y = band_middle(graph, band);
    for (int i = 0; i < DOTS; i++)
        draw_circle(graph->out, INK_SOFT, x, y + (float)(i - DOTS / 2) * DOT_APART - 0.5f, 1);
}

static bool is_narrow(const Graph *graph)
{
    return graph->columns > COLUMN_MIDDLE;
}

static void layer_row(const Graph *graph, BandName band, int i)
{
    int layer = layer_in(graph, band, i);
    Rect box = layer_box(graph, band, i, graph->axis.first);
    for (int t = graph->axis.first; t <= graph->axis.last && !is_narrow(graph); t++)
        if (!snapshot_padding(graph->snapshot, t))
            draw_box(graph, layer, t, layer_box(graph, band, i, t));
    if (is_narrow(graph))
        heat_layer(graph, band, i);
    draw_text(graph->out, INK_SOFT, TYPE_CAPTION, graph->margin, box.y + box.h / 2 + 4, ALIGN_LEFT,
              draw_print(graph->out, "layer %d", layer + 1));
}

static void draw_band(const Graph *graph, BandName band)
{
    if (!graph->bands[band].shown)
        return;
    for (int i = 0; i < layers_in(graph, band) && layers_boxed(graph, band); i++)
        layer_row(graph, band, i);
    int every = is_narrow(graph) ? graph->axis.last - graph->axis.first + 1 : 1; // once, in the middle
    for (int t = graph->axis.first + every / 2; t <= graph->axis.last && !layers_boxed(graph, band); t += every)
        if (!snapshot_padding(graph->snapshot, t))
            draw_dots(graph, band, t);
}

static void draw_other_direction(const Graph *graph)
{
    Rect part = graph_beside(graph, graph_cell(graph, graph->axis.first));
    for (int t = graph->axis.first; t <= graph->axis.last && !is_narrow(graph); t++)
        if (!snapshot_padding(graph->snapshot, t))
            edge_beside(graph, t);

    if (is_narrow(graph))
        heat_row(graph, graph->snapshot->layer, !graph->snapshot->reverse, part.y, part.h);
}

void graph_layers(const Graph *graph)
{
    draw_band(graph, BAND_ABOVE);
    draw_band(graph, BAND_BELOW);
    if (graph->beside > 0)
        draw_other_direction(graph);
}
