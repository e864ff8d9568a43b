#include "views/graph.h"

#include "base/math.h"
#include "views/heatmap.h"
#include "views/views.h"

// ---- bands ------------------------------------------------------------------------------------------------------
// From the top. Where there is little height the bands of the highest rank are left out; where there is much, bands and
// gaps grow from their least to their most, and then all together. Ranks are those of a card; a low one is a part of a
// page that says in its head what a title would say, and below it has numbers of the columns.
typedef struct {
    float least, most, gap_least, gap_most;
    int rank, rank_low;
} BandShape;

enum { BOTTOM = 8, TOP_LOW = 4, LANE_LEAST = 24, STRIP_MOST = 190, DOTS_HEIGHT = 9, LAYER_MOST = 22 };

// Units are shown larger where columns are wide; as strips they take what height there is.
static float cell_most(const Graph *graph)
{
    float dx = graph->axis.dx, lanes = (float)graph->lane_count;
    if (graph->columns > COLUMN_MIDDLE)
        return STRIP_MOST * (lanes > 1 ? 1.3f : 1);
    return lanes > 1 ? lanes * lesser(greater(dx * 0.4f, 40), 70) : lesser(greater(dx * 0.5f, 64), 110);
}

static bool is_low(const Graph *graph)
{
    return graph->area.h < GRAPH_TITLED;
}

static void shapes_of(const Graph *graph, BandShape shapes[BANDS])
{
    bool symbols = graph->columns <= COLUMN_MIDDLE;
    float circle = symbols ? 2 * graph->radius : 16, lanes = (float)graph->lane_count;
    float gap = !symbols    ? 30
                : lanes > 1 ? 80
                            : 54,
          between_rows = lanes > 1 ? 20 : 30;            // two lanes: room for the weights
    float below = lanes > 1 && !is_low(graph) ? 26 : 14; // the lower lane's factors
    float over = (float)layers_in(graph, BAND_ABOVE), under = (float)layers_in(graph, BAND_BELOW);
    float apart = symbols && !is_low(graph) ? 17 : 5; // from the cell; the upper lane's factors
    // clang-format off
    shapes[BAND_TITLE]   = (BandShape){ 32,     32,     0,  4,  2, 6 };
    shapes[BAND_NUMBERS] = (BandShape){ 18,     24,     0,  6,  1, 4 };
    shapes[BAND_LOSS]    = (BandShape){ 20,     24,     14, between_rows, symbols ? 5 : 7, symbols ? 3 : 7 };
    shapes[BAND_ANSWER]  = (BandShape){ circle, circle, 14, between_rows, 4, 2 };
    shapes[BAND_ABOVE]   = (BandShape){ DOTS_HEIGHT, greater(over * LAYER_MOST, DOTS_HEIGHT), apart, 24, 0, 0 };
    shapes[BAND_CELL]    = (BandShape){ lanes * LANE_LEAST, cell_most(graph), below, under > 0 ? below + 8 : gap, 0, 0 };
    shapes[BAND_BELOW]   = (BandShape){ DOTS_HEIGHT, greater(under * LAYER_MOST, DOTS_HEIGHT), 6, 40, 0, 0 };
    shapes[BAND_INPUT]   = (BandShape){ circle, circle, 2,  4,  3, 1 };
    shapes[BAND_ROLE]    = (BandShape){ 14,     16,     0,  4,  6, 5 };
    // clang-format on
}

static bool is_empty(const Graph *graph, int band)
{
    return (band == BAND_ABOVE || band == BAND_BELOW) && layers_in(graph, (BandName)band) == 0;
}

static float choose_bands(Graph *graph, const BandShape shapes[BANDS])
{
    float height = BOTTOM + (is_low(graph) ? TOP_LOW : 0);
    for (int rank = 0; rank < BANDS; rank++)
        for (int i = 0; i < BANDS; i++) {
            float more = shapes[i].least + shapes[i].gap_least;
            if (is_empty(graph, i) || (is_low(graph) ? shapes[i].rank_low : shapes[i].rank) != rank ||
                (rank > 0 && height + more > graph->area.h))
                continue;
            graph->bands[i].shown = true;
            height += more;
        }
    return height;
}

// Texts keep their size.
static bool is_fixed(int band)
{
    return band == BAND_TITLE || band == BAND_NUMBERS || band == BAND_LOSS || band == BAND_ROLE;
}

static float most_height(const Graph *graph, const BandShape shapes[BANDS], float *fixed)
{
    float height = *fixed = BOTTOM + (is_low(graph) ? TOP_LOW : 0);
    for (int i = 0; i < BANDS; i++)
        if (graph->bands[i].shown) {
            height += shapes[i].most + shapes[i].gap_most;
            *fixed += is_fixed(i) ? shapes[i].most : 0;
        }
    return height;
}

static float between(float low, float high, float part)
{
    return low + (high - low) * part;
}

static void place_bands(Graph *graph, const BandShape shapes[BANDS])
{
    float fixed, least = choose_bands(graph, shapes), most = most_height(graph, shapes, &fixed);
    float height = graph->area.h;
    float part = most > least ? lesser(greater((height - least) / (most - least), 0), 1) : 1;
    float stretch = greater((height - fixed) / (most - fixed), 1);
    float y = graph->area.y + (is_low(graph) ? TOP_LOW : 0);
    for (int i = 0; i < BANDS; i++) {
        Band *band = &graph->bands[i];
        if (!band->shown)
            continue;
        band->y = y;
        band->h = between(shapes[i].least, shapes[i].most, part) * (is_fixed(i) ? 1 : stretch);
        y += band->h + between(shapes[i].gap_least, shapes[i].gap_most, part) * stretch;
    }
    float over = graph->bands[BAND_CELL].y + graph->bands[BAND_CELL].h - (graph->area.y + graph->area.h);
    graph->bands[BAND_CELL].h -= greater(over, 0);
}

// ---- lanes ------------------------------------------------------------------------------------------------------
// The slot that carries a state into the next column.
static int carried(const Program *program, int slot)
{
    return program->rows[program->slots[slot].delay].y;
}

// Of the edges only the one counts that the direction starts from. In reverse its gradient is in the last column of the
// tape, wherever the sequence ends.
static bool read_norm(const Graph *graph, const Lane *lane, int t, double *norm)
{
    const Snapshot *s = graph->snapshot;
    bool edge = t == snapshot_edge(s);
    if (!edge && (t < 1 || t > snapshot_length(s)))
        return false;
    return snapshot_grad_norm(s, lane->slot, edge && s->reverse ? graph->program->dims.T + 1 : t, norm);
}

static void read_norms(const Graph *graph, Lane *lane)
{
    int first = graph->axis.first - 1, count = graph->axis.last + 1 - first + 1;
    lane->norm = arena_new(graph->out->arena, double, count);
    for (int i = 0; i < count; i++)
        if (!read_norm(graph, lane, first + i, &lane->norm[i]))
            lane->norm[i] = -1;
}

static void add_lane(Graph *graph, Lane lane)
{
    lane.before = carried(graph->program, lane.slot);
    lane.scale = heatmap_scale(graph->snapshot, lane.slot);
    read_norms(graph, &lane);
    graph->lanes[graph->lane_count++] = lane;
}

static void find_lanes(Graph *graph)
{
    const Snapshot *s = graph->snapshot;
    bool memory = s->memory != NONE;
    if (memory)
        add_lane(graph, (Lane){.slot = s->memory, .word = "cell", .sign = "c", .gloss = "long memory", .width = 3});
    add_lane(
        graph,
        (Lane){
            .slot = s->state, .word = "hidden", .sign = "h", .gloss = memory ? "short memory" : NULL, .width = 1.6f});
}

static void place_lanes(Graph *graph)
{
    Band cell = graph->bands[BAND_CELL];
    if (graph->program->net.bidirectional)
        graph->beside = lesser(greater(cell.h * 0.13f, 4), 14);
    cell.h -= graph->beside;
    cell.y += graph->snapshot->reverse ? 0 : graph->beside; // the forward one lies lower
    for (int i = 0; i < graph->lane_count; i++) {
        graph->lanes[i].h = cell.h / (float)graph->lane_count;
        graph->lanes[i].y = cell.y + graph->lanes[i].h * ((float)i + 0.5f);
    }
}

double lane_norm(const Graph *graph, const Lane *lane, int t)
{
    int i = t - graph->axis.first + 1;
    return i >= 0 && t <= graph->axis.last + 1 ? lane->norm[i] : -1;
}

// ---- columns ----------------------------------------------------------------------------------------------------
static float radius_of(ColumnClass columns, float dx, float height)
{
    if (columns >= COLUMN_NARROW)
        return 8;
    if (columns == COLUMN_MIDDLE)
        return lesser(dx * 0.4f, 8.5f);
    return lesser(lesser(dx * 0.34f, 15.5f + greater(lesser(dx, 140) - 60, 0) * 0.08f), greater(height * 0.045f, 11));
}

static float cell_width_of(const Graph *graph)
{
    float dx = graph->axis.dx;
    if (graph->columns == COLUMN_MIDDLE)
        return dx * 0.62f;
    return lesser(dx * 0.71f, greater(43, graph->bands[BAND_CELL].h * 1.1f));
}

Graph graph_layout(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    Graph graph = {.snapshot = snapshot, .program = snapshot->program, .axis = axis, .area = area, .out = out};
    BandShape shapes[BANDS];
    graph.columns = axis_class(axis);
    graph.radius = radius_of(graph.columns, axis.dx, area.h);
    graph.aside = lesser(axis.dx * 0.11f, 6.5f);
    graph.margin = area.x + 12;
    find_lanes(&graph);
    shapes_of(&graph, shapes);
    place_bands(&graph, shapes);
    place_lanes(&graph);
    graph.cell_width = cell_width_of(&graph);
    return graph;
}

float band_middle(const Graph *graph, BandName band)
{
    return graph->bands[band].y + graph->bands[band].h / 2;
}

Rect graph_cell(const Graph *graph, int t)
{
    Band cell = graph->bands[BAND_CELL];
    return (Rect){axis_centre(graph->axis, t) - graph->cell_width / 2, cell.y, graph->cell_width, cell.h};
}

bool graph_edge_shown(const Graph *graph)
{
    const Snapshot *s = graph->snapshot;
    return axis_shows(graph->axis, snapshot_after(s, snapshot_edge(s)));
}

float graph_origin(const Graph *graph)
{
    const Snapshot *s = graph->snapshot;
    float gap = graph->columns == COLUMN_WIDE ? 7 : 3;
    Rect cell = graph_cell(graph, snapshot_after(s, snapshot_edge(s)));
    if (!s->reverse)
        return lesser(graph->axis.x0, cell.x - gap - ORIGIN_RADIUS);
    float most = graph->area.x + graph->area.w - ORIGIN_RADIUS - 1;
    return lesser(cell.x + cell.w + gap + ORIGIN_RADIUS, most);
}

// ---- what has happened ------------------------------------------------------------------------------------------
bool graph_running(const Graph *graph, int slot, int t)
{
    Place place = graph->snapshot->place;
    return !graph->snapshot->probe && place.row != NONE && place.t == t && graph->program->rows[place.row].y == slot;
}

bool graph_consumed(const Graph *graph, int slot, int t)
{
    int reader = graph->program->slots[slot].consumer;
    return reader != NONE && snapshot_value(graph->snapshot, graph->program->rows[reader].y, t) != NULL;
}

bool graph_backward(const Graph *graph)
{
    return graph->snapshot->place.phase >= PHASE_BACKWARD;
}

bool all_finite(const Real *values, int count)
{
    for (int i = 0; i < count; i++)
        if (!(math_abs(values[i]) <= DBL_MAX))
            return false;
    return true;
}

const char *not_finite_sign(const Real *values, int count)
{
    const char *sign = NULL;
    for (int i = 0; i < count; i++) {
        if (values[i] != values[i])
            return "NaN";
        if (math_abs(values[i]) > DBL_MAX)
            sign = "∞";
    }
    return sign;
}
