#include "base/words.h"
#include "views/graph.h"

// Inputs, answers and losses: one rule for the three rows. A text stands in its node where it fits into its column;
// else it stands alone where its neighbours leave room, and the others are dots.
typedef struct {
    const char *text;  // NULL: not known yet
    bool done;         // its operation is done; an input can be seen before it is read
    bool strong, pale; // to be remembered or scored; not part of the loss
    bool judged;       // its answer counts, so it needs room for a verdict
    bool running;
    bool broken; // no longer a finite number
    int verdict; // 1 right, -1 wrong, 0 nothing to judge
    bool shown;
} Node;

typedef struct {
    BandName band;
    const char *name; // of its hots
    bool boxed;
    int (*slot)(const Program *program);
    Node (*read)(const Graph *graph, int t);
    const char *(*tip)(const Graph *graph, int t, const Node *node);
} NodeRow;

static const char *kept(const Graph *graph, const char *text)
{
    return draw_print(graph->out, "%s", text);
}

// ---- inputs -----------------------------------------------------------------------------------------------------
static int input_slot(const Program *program)
{
    return program->input;
}

static const char *role_of(const Graph *graph, int t)
{
    char text[TASK_TEXT];
    snapshot_input_role(graph->snapshot, t, text);
    return kept(graph, text);
}

static Node read_input(const Graph *graph, int t)
{
    char text[TASK_TEXT];
    Node node = {.shown = true, .strong = *role_of(graph, t) != 0};
    node.done = snapshot_input_text(graph->snapshot, t, text);
    node.text = *text ? kept(graph, text) : NULL;
    return node;
}

static const char *tip_of_input(const Graph *graph, int t, const Node *node)
{
    const char *role = node->strong ? role_of(graph, t) : "";
    if (!node->text)
        return draw_print(graph->out, "t = %d, no input yet", t);
    return draw_print(graph->out, "t = %d, input %s%s%s%s", t, node->text, *role ? ", " : "", role,
                      node->done ? "" : ", not read yet");
}

// ---- answers ----------------------------------------------------------------------------------------------------
static int answer_slot(const Program *program)
{
    return program->answer;
}

static int verdict_of(const Graph *graph, int t)
{
    bool right;
    return !snapshot_answer_is_right(graph->snapshot, t, &right) ? 0 : right ? 1 : -1;
}

static Node read_answer(const Graph *graph, int t)
{
    char text[TASK_TEXT];
    bool scored = snapshot_scored(graph->snapshot, t);
    Node node = {.shown = true, .pale = !scored, .judged = scored};
    if (!snapshot_answer_text(graph->snapshot, t, text))
        return node;
    const double *y = snapshot_value(graph->snapshot, graph->program->answer, t);
    const char *sign = y ? not_finite_sign(y, graph->program->dims.Y) : NULL;
    node.text = sign ? sign : kept(graph, text);
    node.broken = sign != NULL;
    node.done = true;
    node.strong = scored;
    node.verdict = sign ? 0 : verdict_of(graph, t);
    return node;
}

static const char *tip_of_answer(const Graph *graph, int t, const Node *node)
{
    char target[TASK_TEXT];
    if (!node->text)
        return draw_print(graph->out, "t = %d, not answered yet", t);
    if (!node->verdict || !snapshot_target_text(graph->snapshot, t, target))
        return draw_print(graph->out, "t = %d, answer %s, does not count in the loss", t, node->text);
    return draw_print(graph->out, "t = %d, answer %s, target %s: %s", t, node->text, target,
                      node->verdict > 0 ? "right" : "wrong");
}

// ---- losses -----------------------------------------------------------------------------------------------------
static int loss_slot(const Program *program)
{
    return program->loss;
}

static Node read_loss(const Graph *graph, int t)
{
    char text[NUMBER_SIZE];
    double loss;
    Node node = {.shown = snapshot_scored(graph->snapshot, t)};
    if (!node.shown || !snapshot_loss(graph->snapshot, t, &loss))
        return node;
    node.done = true;
    node.broken = !all_finite(&loss, 1);
    node.text = node.broken ? not_finite_sign(&loss, 1) : kept(graph, number_short(text, loss));
    return node;
}

static const char *tip_of_loss(const Graph *graph, int t, const Node *node)
{
    char exact[NUMBER_SIZE];
    double loss;
    if (!node->text || !snapshot_loss(graph->snapshot, t, &loss))
        return draw_print(graph->out, "t = %d, the loss is not computed yet", t);
    return draw_print(graph->out, "t = %d, loss L_%d = %s", t, t, number_exact(exact, loss));
}

static const NodeRow node_rows[] = {
    {BAND_INPUT, "input", false, input_slot, read_input, tip_of_input},
    {BAND_ANSWER, "answer", false, answer_slot, read_answer, tip_of_answer},
    {BAND_LOSS, "loss", true, loss_slot, read_loss, tip_of_loss},
};
enum { NODE_ROWS = sizeof node_rows / sizeof *node_rows };

// ---- how a node looks -------------------------------------------------------------------------------------------
static Type type_of(const Graph *graph, const NodeRow *row, const Node *node)
{
    float size = row->boxed ? 12 : lesser(18, greater(graph->radius * 0.9f, 11));
    return (Type){node->strong || row->boxed ? FACE_BOLD : FACE_MEDIUM, size};
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
    return !node->done ? 0.3f : node->pale ? 0.4f : 1;
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

// Its own width; a circle where the text is short.
static float node_width(const Graph *graph, const NodeRow *row, const Node *node)
{
    float least = row->boxed ? lesser(graph->axis.dx - 6, 42) : 2 * graph->radius;
    float text = node->text ? draw_width(graph->out, type_of(graph, row, node), node->text) : 0;
    return greater(least, text + (row->boxed ? 10 : graph->radius * 0.8f));
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

static void draw_node(const Graph *graph, const NodeRow *row, const Node *node, int t)
{
    float x = axis_centre(graph->axis, t), y = band_middle(graph, row->band);
    float h = row->boxed ? graph->bands[row->band].h : 2 * graph->radius, w = node_width(graph, row, node);
    Rect place = {x - w / 2, y - h / 2, w, h};
    Type type = type_of(graph, row, node);
    uint8_t before = draw_fade(graph->out, 1);
    draw_rect(graph->out, INK_CARD, rect_inset(place, 1), h / 2); // covers the column's mark under a pale node
    draw_fade(graph->out, node_fade(node));
    draw_shape(graph, row, node, place);
    if (node->text)
        draw_text(graph->out, node->broken ? INK_WARNING : INK_TEXT, type, x, y + type.size * 0.36f, ALIGN_CENTRE,
                  node->text);
    graph->out->alpha = before;
    if (node->verdict)
        draw_verdict(graph, node->verdict, x + w / 2 + 2, y);
}

// ---- a row of them ----------------------------------------------------------------------------------------------
static bool fits(const Graph *graph, const NodeRow *row, const Node *node)
{
    float verdict = node->judged ? 2 * VERDICT_RADIUS + 3 : 0;
    return graph->columns <= COLUMN_MIDDLE && graph->radius >= 6.5f &&
           node_width(graph, row, node) + verdict <= graph->axis.dx - 3;
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

static void draw_alone(const Graph *graph, const NodeRow *row, const Node *node, LabelRow *labels, float x, float y)
{
    Type type = node->strong ? TYPE_SECTION : TYPE_CAPTION;
    Ink ink = node->broken ? INK_WARNING : node->pale || !node->done ? INK_FAINT : INK_TEXT;
    float dot = lesser(graph->axis.dx * 0.2f, 2.2f);
    if (node->text && label_put(labels, ink, type, x, y + 4, alone_text(graph, node))) {
        if (graph->columns > COLUMN_MIDDLE)
            draw_tie(graph, row, x);
        return;
    }
    if (graph->columns > COLUMN_MIDDLE || !label_free(labels, x - dot, x + dot))
        return;
    uint8_t before = draw_fade(graph->out, node_fade(node));
    draw_circle(graph->out, INK_SOFT, x, y, dot);
    graph->out->alpha = before;
}

// What should have its text first: the marked column, then what counts, then all others.
static int rank_of(const Graph *graph, const Node *node, int t)
{
    return t == graph->snapshot->t ? 0 : node->strong ? 1 : node->text ? 2 : 3;
}

enum { RANKS = 4, ALONE_MOST = 400 };

static void draw_rest(const Graph *graph, const NodeRow *row, const Node *nodes)
{
    LabelRow labels = label_row(graph->out, graph->axis.x0, axis_left(graph->axis, graph->axis.last + 1), 3);
    int left = ALONE_MOST;
    for (int rank = 0; rank < RANKS; rank++)
        for (int t = graph->axis.first; t <= graph->axis.last && left > 0; t++) {
            const Node *node = &nodes[t - graph->axis.first];
            bool worth = graph->columns <= COLUMN_MIDDLE || rank < 2;
            if (!node->shown || !worth || rank_of(graph, node, t) != rank || fits(graph, row, node))
                continue;
            draw_alone(graph, row, node, &labels, axis_centre(graph->axis, t), band_middle(graph, row->band));
            left--;
        }
}

static void node_hot(const Graph *graph, const NodeRow *row, const Node *node, int t)
{
    int slot = row->slot(graph->program);
    float w = lesser(node_width(graph, row, node), graph->axis.dx), h = graph->bands[row->band].h;
    Rect area = {axis_centre(graph->axis, t) - w / 2, band_middle(graph, row->band) - h / 2, w, h};
    graph_hot(graph, draw_print(graph->out, "graph.%s.%d", row->name, t), area,
              press_known(graph, program_value_known(graph->program, slot, t), t), row->tip(graph, t, node),
              (Pointed){t, slot, NONE});
}

// Nothing flows back into an input.
static bool is_running(const Graph *graph, const NodeRow *row, int t)
{
    bool forward = graph->snapshot->place.phase == PHASE_FORWARD;
    return (forward || row->band != BAND_INPUT) && graph_running(graph, row->slot(graph->program), t);
}

static void draw_node_row(const Graph *graph, const NodeRow *row)
{
    int first = graph->axis.first, count = graph->axis.last - first + 1;
    Node *nodes = arena_new(graph->out->arena, Node, count);
    for (int t = first; t < first + count; t++) {
        Node *node = &nodes[t - first];
        *node = row->read(graph, t);
        node->running = is_running(graph, row, t);
        if (node->shown && fits(graph, row, node))
            draw_node(graph, row, node, t);
        if (node->shown && graph->columns <= COLUMN_MIDDLE)
            node_hot(graph, row, node, t);
    }
    draw_rest(graph, row, nodes);
}

// ---- roles ------------------------------------------------------------------------------------------------------
static void draw_roles(const Graph *graph)
{
    float y = graph->bands[BAND_ROLE].y + 12;
    LabelRow labels = label_row(graph->out, graph->area.x + 92, graph->area.x + graph->area.w - 6, 6);
    for (int t = graph->axis.first; t <= graph->axis.last; t++) {
        Node node = read_input(graph, t);
        if (node.strong)
            label_put(&labels, INK_TEXT, TYPE_SECTION, axis_centre(graph->axis, t), y, role_of(graph, t));
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
