#include "views/graph_nodes.h"
#include "views/scope.h"

// ---- how a node looks -------------------------------------------------------------------------------------------
static const float SIZE_LEAST = 11;

static float size_most(const Graph *graph, const NodeRow *row)
{
    return row->boxed ? 12 : lesser(18, greater(graph->radius * 0.9f, SIZE_LEAST));
}

static Type type_of(const NodeRow *row, const Node *node)
{
    return (Type){node->strong || row->boxed ? FACE_BOLD : FACE_MEDIUM, node->size};
}

enum { VERDICT_RADIUS = 6 };

// Right is a tick on a filled badge, wrong a cross on an empty one.
static void draw_verdict(const Graph *graph, int verdict, float x, float y)
{
    DrawList *out = graph->out;
    draw_circle(out, verdict > 0 ? INK_TEXT : INK_NODE, x, y, VERDICT_RADIUS);
    draw_ring(out, INK_TEXT, x, y, VERDICT_RADIUS, 1);
    if (verdict > 0) {
        draw_polyline(out, INK_NODE, (Point[]){{x - 2.8f, y + 0.2f}, {x - 0.8f, y + 2.2f}, {x + 2.8f, y - 2}}, 3, 1.4f);
    } else {
        draw_line(out, INK_TEXT, x - 2.2f, y - 2.2f, x + 2.2f, y + 2.2f, 1.3f);
        draw_line(out, INK_TEXT, x - 2.2f, y + 2.2f, x + 2.2f, y - 2.2f, 1.3f);
    }
}

static float node_fade(const Node *node)
{
    return !node->done ? (node->strong ? 0.6f : 0.3f) : node->pale ? 0.4f : 1;
}

static float frame_width(const Node *node)
{
    return node->running ? 2.6f : node->strong ? 2 : 1.2f;
}

static Ink frame_ink(const Graph *graph, const Node *node)
{
    if (node->running)
        return graph->snapshot->place.phase == PHASE_BACKWARD ? INK_BACKWARD : INK_FORWARD;
    return node->broken ? INK_WARNING : INK_NODE_FRAME;
}

static float padding_of(const Graph *graph, const NodeRow *row, const Node *node)
{
    bool roomy = node->size > SIZE_LEAST;
    if (row->boxed)
        return roomy ? 10 : 4;
    return roomy ? graph->radius * 0.8f : 6;
}

// Its own width; a circle where the text is short.
static float node_width(const Graph *graph, const NodeRow *row, const Node *node)
{
    float least = row->boxed ? lesser(graph->axis.dx - 6, 42) : 2 * graph->radius;
    float text = node->text ? draw_width(graph->out, type_of(row, node), node->text) : 0;
    return greater(least, text + padding_of(graph, row, node));
}

static void draw_shape(const Graph *graph, const NodeRow *row, const Node *node, Rect place)
{
    float radius = row->boxed ? 4 : place.h / 2, x = place.x + place.w / 2, y = place.y + place.h / 2;
    if (row->boxed || place.w > place.h + 0.5f) {
        draw_rect(graph->out, INK_NODE, place, radius);
        draw_frame(graph->out, frame_ink(graph, node), place, radius, frame_width(node));
    } else {
        draw_circle(graph->out, INK_NODE, x, y, radius);
        draw_ring(graph->out, frame_ink(graph, node), x, y, radius, frame_width(node));
    }
}

// How far outside its node a verdict stands: half of it may lie on a circle, but not on the text of what is wider.
static float verdict_aside(const Graph *graph, float width)
{
    return width > 2 * graph->radius + 0.5f ? 4 : 2;
}

static void draw_node(const Graph *graph, const NodeRow *row, const Node *node, int t)
{
    float x = axis_centre(graph->axis, t), y = band_middle(graph, row->band);
    float h = row->boxed ? graph->bands[row->band].h : 2 * graph->radius, w = node_width(graph, row, node);
    Rect place = {x - w / 2, y - h / 2, w, h};
    Type type = type_of(row, node);
    uint8_t before = draw_fade(graph->out, 1);
    draw_rect(graph->out, INK_CARD, rect_inset(place, 1), h / 2); // covers the column's mark under a pale node
    draw_fade(graph->out, node_fade(node));
    draw_shape(graph, row, node, place);
    if (node->text)
        draw_text(graph->out, node->broken ? INK_WARNING : INK_TEXT, type, x, y + type.size * 0.36f, ALIGN_CENTRE,
                  node->text);
    graph->out->alpha = before;
    if (node->verdict)
        draw_verdict(graph, node->verdict, x + w / 2 + verdict_aside(graph, w), y);
}

// ---- a row of them ----------------------------------------------------------------------------------------------
static bool fits(const Graph *graph, const NodeRow *row, const Node *node)
{
    float width = node_width(graph, row, node);
    float verdict = node->judged ? verdict_aside(graph, width) + VERDICT_RADIUS + 1 : 0;
    return graph->columns <= COLUMN_MIDDLE && graph->radius >= 6.5f && width + verdict <= node->room;
}

static bool all_fit(const Graph *graph, const NodeRow *row, Node *nodes, int count, float size)
{
    bool fit = true;
    for (int i = 0; i < count; i++) {
        nodes[i].size = size;
        fit = fit && (!nodes[i].text || fits(graph, row, &nodes[i]));
    }
    return fit;
}

// Numbers that are too long for their boxes as shorter ones.
static bool all_fit_shortened(const Graph *graph, const NodeRow *row, Node *nodes, int count)
{
    Node *brief = arena_new(graph->out->arena, Node, count);
    for (int i = 0; i < count; i++) {
        brief[i] = nodes[i];
        brief[i].text = !nodes[i].less || fits(graph, row, &nodes[i]) ? nodes[i].text : nodes[i].less;
    }
    bool fit = all_fit(graph, row, brief, count, SIZE_LEAST);
    for (int i = 0; i < count && fit; i++)
        nodes[i] = brief[i];
    return fit;
}

// A row looks the same all along, so the longest text decides for all of them.
static void choose_looks(const Graph *graph, const NodeRow *row, Node *nodes, int count)
{
    bool fit = all_fit(graph, row, nodes, count, size_most(graph, row)) ||
               all_fit(graph, row, nodes, count, SIZE_LEAST) || all_fit_shortened(graph, row, nodes, count);
    for (int i = 0; i < count; i++)
        nodes[i].alone = (nodes[i].text && !fit) || !fits(graph, row, &nodes[i]);
}

static const char *alone_text(const Graph *graph, const Node *node)
{
    if (!node->verdict)
        return node->text;
    return draw_print(graph->out, "%s %s", node->text, node->verdict > 0 ? "✓" : "✗");
}

// From a text to the strip of narrow columns, so that its column can be told.
static void draw_tie(const Graph *graph, const NodeRow *row, float x)
{
    Band cell = graph->bands[BAND_CELL], band = graph->bands[row->band];
    float from = row->band == BAND_INPUT ? band.y : cell.y,
          to = row->band == BAND_INPUT ? cell.y + cell.h : band.y + band.h;
    if (from - to >= 8)
        draw_arrow(graph->out, INK_FORWARD, x, from - 1, x, to + 1, 1.2f);
}

static bool put_text(const Graph *graph, const NodeRow *row, const Node *node, LabelRow *labels, float x, float y)
{
    Type type = node->strong ? TYPE_SECTION : TYPE_CAPTION;
    Ink ink = node->broken ? INK_WARNING : node->pale || !node->done ? INK_FAINT : INK_TEXT;
    if (!node->text || !label_put(labels, ink, type, x, y + 4, alone_text(graph, node)))
        return false;
    if (graph->columns > COLUMN_MIDDLE)
        draw_tie(graph, row, x);
    return true;
}

// A dot keeps so far from texts that it is not read as a point of theirs.
static void put_dot(const Graph *graph, const Node *node, const LabelRow *labels, float x, float y)
{
    const float apart = 2;
    float dot = lesser(graph->axis.dx * 0.2f, 2.2f);
    if (!label_free(labels, x - dot - apart, x + dot + apart))
        return;
    uint8_t before = draw_fade(graph->out, node_fade(node));
    draw_circle(graph->out, INK_SOFT, x, y, dot);
    graph->out->alpha = before;
}

// What should have its text first: the marked column, then what counts, then all others.
static int rank_of(const Graph *graph, const Node *node, int t)
{
    return t == graph->snapshot->t ? 0 : node->strong ? 1 : 2;
}

enum { RANKS = 3, ALONE_MOST = 400 };

// Dots stand where all texts have left room.
static void draw_rest(const Graph *graph, const NodeRow *row, Node *nodes)
{
    LabelRow labels = label_row(graph->out, graph->axis.x0, axis_left(graph->axis, graph->axis.last + 1), 3);
    float y = band_middle(graph, row->band);
    int left = ALONE_MOST, ranks = graph->columns <= COLUMN_MIDDLE ? RANKS : RANKS - 1;
    for (int rank = 0; rank < ranks; rank++)
        for (int t = graph->axis.first; t <= graph->axis.last && left > 0; t++) {
            Node *node = &nodes[t - graph->axis.first];
            if (!node->shown || rank_of(graph, node, t) != rank || !node->alone)
                continue;
            node->told = put_text(graph, row, node, &labels, axis_centre(graph->axis, t), y);
            left--;
        }
    for (int t = graph->axis.first; t <= graph->axis.last && graph->columns <= COLUMN_MIDDLE; t++) {
        const Node *node = &nodes[t - graph->axis.first];
        if (node->shown && node->alone && !node->told)
            put_dot(graph, node, &labels, axis_centre(graph->axis, t), y);
    }
}

void graph_node_hot(const Graph *graph, const NodeRow *row, const Node *node, int t, Rect area)
{
    int slot = row->slot(graph->program);
    const char *name = draw_print(graph->out, "graph.%s.%d", row->name, t), *tip = row->tip(graph, t, node);
    if (graph_asked(graph, name) && slot != graph->program->input && snapshot_value(graph->snapshot, slot, t))
        tip = draw_print(graph->out, "%s%s%s", tip, scope_value(graph->snapshot, slot, t, NONE, graph->out),
                         slot == graph->program->answer ? scope_gradient(graph->snapshot, slot, t, NONE, graph->out)
                                                        : "");
    graph_hot(graph, name, area, press_known(graph, program_value_known(graph->program, slot, t), t), tip,
              (Pointed){t, slot, NONE});
}

static Rect node_area(const Graph *graph, const NodeRow *row, const Node *node, int t)
{
    float w = lesser(node_width(graph, row, node), graph->axis.dx), h = graph->bands[row->band].h;
    return (Rect){axis_centre(graph->axis, t) - w / 2, band_middle(graph, row->band) - h / 2, w, h};
}

// Nothing flows back into an input.
static bool is_running(const Graph *graph, const NodeRow *row, int t)
{
    bool forward = graph->snapshot->place.phase == PHASE_FORWARD;
    return (forward || row->band != BAND_INPUT) && graph_running(graph, row->slot(graph->program), t);
}

// Its column; a box without neighbours may reach a little beyond.
static float room_of(const Graph *graph, const NodeRow *row, const Node *nodes, int i, int count)
{
    const float between = row->boxed ? 3 : 1, beyond = 7;
    bool crowded = (i > 0 && nodes[i - 1].shown) || (i + 1 < count && nodes[i + 1].shown);
    return row->boxed && !crowded ? graph->axis.dx + 2 * beyond : graph->axis.dx - between;
}

static void draw_node_row(const Graph *graph, const NodeRow *row)
{
    int first = graph->axis.first, count = graph->axis.last - first + 1;
    Node *nodes = arena_new(graph->out->arena, Node, count);
    for (int i = 0; i < count; i++) {
        nodes[i] = row->read(graph, first + i);
        nodes[i].running = is_running(graph, row, first + i);
    }
    for (int i = 0; i < count; i++)
        nodes[i].room = room_of(graph, row, nodes, i, count);
    choose_looks(graph, row, nodes, count);
    for (int i = 0; i < count; i++) {
        if (nodes[i].shown && !nodes[i].alone)
            draw_node(graph, row, &nodes[i], first + i);
        if (nodes[i].shown && graph->columns <= COLUMN_MIDDLE)
            graph_node_hot(graph, row, &nodes[i], first + i, node_area(graph, row, &nodes[i], first + i));
    }
    draw_rest(graph, row, nodes);
}

// ---- roles ------------------------------------------------------------------------------------------------------
static void draw_roles(const Graph *graph)
{
    float y = graph->bands[BAND_ROLE].y + 12;
    LabelRow labels = label_row(graph->out, graph->area.x + 94, graph->area.x + graph->area.w - 6, 6);
    for (int t = graph->axis.first; t <= graph->axis.last; t++) {
        Node node = node_rows[NODE_INPUT].read(graph, t);
        if (node.strong)
            label_put(&labels, INK_TEXT, TYPE_SECTION, axis_centre(graph->axis, t), y, node_role(graph, t));
    }
}

void graph_nodes(const Graph *graph)
{
    for (int i = 0; i < NODE_ROWS; i++)
        if (graph->bands[node_rows[i].band].shown)
            draw_node_row(graph, &node_rows[i]);
    if (graph->bands[BAND_ROLE].shown)
        draw_roles(graph);
}
