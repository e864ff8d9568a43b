#include <string.h>

#include "ui/widgets.h"
#include "views/graph.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/padding.h"
#include "views/place.h"
#include "views/views.h"

// ---- title ------------------------------------------------------------------------------------------------------
// Without its first parts where all of it has no room, for ink and buttons tell them as well.
static const char *shortened(const Graph *graph, const char *text, float room)
{
    static const char between[] = " · ";
    const char *next = strstr(text, between);
    while (next && draw_width(graph->out, TYPE_STRONG, text) > room) {
        text = next + strlen(between);
        next = strstr(text, between);
    }
    return text;
}

void graph_title(const Graph *graph)
{
    static const Button fold = {.name = "graph.fold",
                                .text = "fold",
                                .line = "fold on",
                                .ink = INK_ACTIVE,
                                .tip = "Shows the loop that the columns are copies of"};
    static const Button unfold = {.name = "graph.fold",
                                  .text = "unfold",
                                  .line = "fold off",
                                  .ink = INK_ACTIVE,
                                  .tip = "Shows a column for every time step"};
    enum { WORDS_LEAST = 130 }; // px for where the reader stands
    static const char unrolled[] = "UNROLLED GRAPH";
    bool folded = graph->snapshot->folded;
    float x = graph->area.x + 16, y = graph->area.y, right = graph->area.x + graph->area.w - 14;
    float width = draw_width(graph->out, TYPE_SECTION, unrolled); // the button stays where it was pressed
    Rect place = {x + width + 22, y + 7, folded ? 58 : 46, 20};
    Ink ink;
    draw_text(graph->out, INK_FAINT, TYPE_SECTION, x, y + 21, ALIGN_LEFT, folded ? "FOLDED GRAPH" : unrolled);
    button(graph->out, place, folded ? unfold : fold);
    const char *text = place_words(graph->snapshot, graph->out, &ink);
    place.x = layer_buttons(graph->snapshot, place.x + place.w + 22, place.y, right - WORDS_LEAST, graph->out);
    place.w = 0;
    text = shortened(graph, text, right - place.x - 12);
    draw_text(graph->out, ink, TYPE_STRONG, right, y + 21, ALIGN_RIGHT,
              draw_cut(graph->out, TYPE_STRONG, text, right - place.x - 12));
}

// ---- names at the left ------------------------------------------------------------------------------------------
static void draw_name(const Graph *graph, float y, const char *word, const char *formula)
{
    draw_text(graph->out, INK_TEXT, TYPE_STRONG, graph->margin, y, ALIGN_LEFT, word);
    draw_formula(graph->out, INK_TEXT, 14, graph->margin + draw_width(graph->out, TYPE_STRONG, word) + 5, y, ALIGN_LEFT,
                 formula);
}

static void draw_lane_name(const Graph *graph, const Lane *lane)
{
    bool edge = graph_edge_shown(graph) && !graph->snapshot->reverse;
    const char *name = layer_name(graph->program, graph->snapshot->layer, graph->snapshot->reverse, graph->out);
    const char *below = *name ? name : lane->gloss;
    float wire = snapshot_carried(graph->snapshot) ? CARRIED_WIRE : 0;
    float end = edge ? graph_origin(graph) - ORIGIN_RADIUS - wire : graph->axis.x0;
    bool gloss = below && lane->h >= 30 && graph->margin + draw_width(graph->out, TYPE_CAPTION, below) <= end;
    float y = lane->y + (gloss ? -2 : 5);
    draw_name(graph, y, lane->word, lane->sign);
    if (gloss)
        draw_text(graph->out, INK_SOFT, TYPE_CAPTION, graph->margin, y + 14, ALIGN_LEFT, below);
}

// Below "input", where there is room.
static void name_weights(const Graph *graph)
{
    enum { LINE = 12 };
    float y = greater(graph->bands[BAND_ROLE].y + 5, band_middle(graph, BAND_INPUT) + 17.5f); // under "input"
    if (!graph->bands[BAND_ROLE].shown)
        return;
    draw_text(graph->out, INK_SOFT, TYPE_CAPTION, graph->margin, y, ALIGN_LEFT, "same weights");
    if (y + LINE <= graph->area.y + graph->area.h - 6)
        draw_text(graph->out, INK_SOFT, TYPE_CAPTION, graph->margin, y + LINE, ALIGN_LEFT, "at every step");
}

// Below "loss", where there is room.
static void name_sequence(const Graph *graph)
{
    enum { UNDER = 17, ROOM = 40 };
    float middle = band_middle(graph, BAND_LOSS);
    if (graph->bands[BAND_LOSS].shown && band_middle(graph, BAND_ANSWER) - middle >= ROOM)
        draw_text(graph->out, INK_SOFT, TYPE_CAPTION, graph->margin, middle + UNDER, ALIGN_LEFT,
                  graph_whose_loss(graph));
}

void graph_names(const Graph *graph)
{
    static const struct {
        BandName band;
        const char *word, *formula;
    } names[] = {{BAND_LOSS, "loss", "L"}, {BAND_ANSWER, "answer", "\\hat{y}"}, {BAND_INPUT, "input", "x"}};
    for (int i = 0; i < 3; i++)
        if (graph->bands[names[i].band].shown)
            draw_name(graph, band_middle(graph, names[i].band) + 4.5f, names[i].word, names[i].formula);
    name_sequence(graph);
    bool covered = graph->lane_count == 1 && graph_weight_box(graph).w > 0;
    for (int i = 0; i < graph->lane_count && !covered; i++)
        draw_lane_name(graph, &graph->lanes[i]);
    name_weights(graph);
}

// ---- numbers of the columns -------------------------------------------------------------------------------------
static void draw_number(const Graph *graph, LabelRow *labels, int t, bool marked)
{
    label_put(labels, marked ? INK_TEXT : INK_SOFT, marked ? TYPE_STRONG : TYPE_CAPTION, axis_centre(graph->axis, t),
              band_middle(graph, BAND_NUMBERS) + 4, draw_print(graph->out, "%d", shown_t(graph, t)));
}

void graph_numbers(const Graph *graph)
{
    TimeAxis axis = graph->axis;
    float right = graph->area.x + graph->area.w - LABEL_INSET;
    LabelRow labels = label_row(graph->out, graph->axis.x0 - LABEL_INSET, right, 6);
    int every =
        axis_label_every(axis, draw_width(graph->out, TYPE_CAPTION, draw_print(graph->out, "%d", axis.last)) + 10);
    if (axis_shows(axis, graph->snapshot->t))
        draw_number(graph, &labels, graph->snapshot->t, true);
    for (int t = axis.first; t <= axis.last; t++)
        if (place_labelled(graph->snapshot, axis, t, every))
            draw_number(graph, &labels, t, false);
    draw_formula(graph->out, INK_SOFT, 13, axis.x0 - 20, band_middle(graph, BAND_NUMBERS) + 4, ALIGN_RIGHT, "t");
}

enum { BELOW_PADDING = 2 }; // px

// ---- the view ---------------------------------------------------------------------------------------------------
// Behind all else: a press anywhere in a column selects its time step.
static void column_hots(const Graph *graph)
{
    TimeAxis axis = graph->axis;
    float top = graph->bands[BAND_TITLE].shown ? graph->area.y + graph->bands[BAND_TITLE].h : graph->area.y;
    int together = columns_together(axis);
    for (int t = axis.first; t <= axis.last; t += together) {
        int last = t + together - 1 > axis.last ? axis.last : t + together - 1;
        Rect area = {axis_left(axis, t), top, axis_left(axis, last + 1) - axis_left(axis, t),
                     graph->area.y + graph->area.h - top};
        const char *name = draw_print(graph->out, "graph.column.%d", t);
        bool pointed = together == 1 || graph->out->hover == hot_id(name);
        graph_hot(graph, name, area, press_select(graph, t, NONE), tip_of_column(graph, t, last, pointed),
                  (Pointed){t, NONE, NONE});
    }
}

static void draw_padding(const Graph *graph)
{
    Band numbers = graph->bands[BAND_NUMBERS];
    float top = numbers.shown ? numbers.y + numbers.h : graph->area.y + 2;
    padding_draw(graph->snapshot, graph->axis, "graph", top, graph->area.y + graph->area.h - BELOW_PADDING - top,
                 graph->out);
}

static void draw_columns(const Graph *graph)
{
    column_hots(graph);
    if (graph->bands[BAND_NUMBERS].shown)
        graph_numbers(graph);
    draw_padding(graph);
    graph_layers(graph);
    if (graph->columns <= COLUMN_MIDDLE) {
        graph_edges(graph);
        graph_cells(graph);
        graph_origins(graph);
    } else {
        graph_heat(graph);
    }
    graph_nodes(graph);
    graph_names(graph);
    graph_weights(graph);
    graph_pointed(graph);
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    if (snapshot->folded) // the loop may stand at any time step
        axis = axis_fit(1, snapshot->program->dims.T, axis.x0, axis.dx * (float)(axis.last - axis.first + 1));
    Graph graph = graph_layout(snapshot, axis, area, out);
    if (graph.bands[BAND_TITLE].shown)
        graph_title(&graph);
    if (snapshot->folded)
        graph_folded(&graph);
    else
        draw_columns(&graph);
}

const View view_graph = {
    .name = "graph",
    .title = "Unrolled graph",
    .what = "The network unrolled over time: a column for each time step, the forward pass in blue, gradients in "
            "vermilion.",
    .on_time_axis = true,
    .least_height = 150,
    .draw = draw,
};
