#include "base/math.h"
#include "views/exact.h"
#include "views/graph.h"
#include "views/layers.h"
#include "views/weights.h"

// The weights: one box for all columns, because every column uses the same ones, and their names on the first edges
// that carry them. Pointing at a map or a name lights up all its copies.
// clang-format off
const EdgeWeight edge_weights[EDGE_WEIGHTS] = {
    { WEIGHT_OUT, { "W_out", "V", "W_y" }, "graph.weights.out", "graph.edge.out", "from the hidden state to the answer" },
    { WEIGHT_HH,  { "W_hh",  "W", "W_h" }, "graph.weights.hh",  "graph.edge.hh",  "from the hidden state to the next" },
    { WEIGHT_IH,  { "W_ih",  "U", "W_x" }, "graph.weights.ih",  "graph.edge.ih",  "from the input to the hidden state" },
};
// clang-format on

static Notation notation_of(const Graph *graph)
{
    return wording_of_weights(&graph->snapshot->run->setup);
}

const char *weight_formula(const Graph *graph, const EdgeWeight *weight)
{
    return weights_formula(graph->snapshot, weight->kind);
}

const EdgeWeight *edge_weight(TensorKind kind)
{
    int i = 0;
    while (edge_weights[i].kind != kind)
        i++;
    return &edge_weights[i];
}

bool weight_pointed(const Graph *graph, TensorKind kind)
{
    const EdgeWeight *weight = edge_weight(kind);
    uint32_t hover = graph->out->hover;
    int tensor = graph_weight(graph, kind), pointed = graph->snapshot->pointed_weight;
    return (pointed > 0 && tensor != NONE && tensor + 1 == pointed) ||
           (hover && (hover == hot_id(weight->hot) || hover == hot_id(weight->edge_hot)));
}

void graph_weight_hot(const Graph *graph, const EdgeWeight *weight, const char *name, Rect area)
{
    draw_hot(graph->out, (Hot){.id = hot_id(name),
                               .area = area,
                               .tip = tip_of_weight(graph, weight),
                               .pointed = {0, NONE, NONE},
                               .weight = graph_weight(graph, weight->kind) + 1});
}

// ---- a matrix as a small heat map -------------------------------------------------------------------------------
enum { CELLS_MOST = 32 };

typedef struct {
    const Real *value; // of the run
    int rows, columns;
    int blocks;     // one above the other, a block a gate
    double largest; // magnitude; 0 where all are 0 or one is not finite
} Matrix;

int graph_weight(const Graph *graph, TensorKind kind)
{
    const Program *p = graph->program;
    for (int i = 0; i < p->tensor_count; i++) {
        const Tensor *tensor = &p->tensors[i];
        bool here = tensor->layer == graph->snapshot->layer && tensor->reverse == graph->snapshot->reverse;
        if (tensor->kind == kind && (kind == WEIGHT_OUT || here))
            return i;
    }
    return NONE;
}

static Matrix matrix_of(const Graph *graph, TensorKind kind)
{
    const Run *run = graph->snapshot->run;
    const Program *p = &run->program;
    Matrix matrix = {0};
    int tensor = graph_weight(graph, kind);
    if (tensor != NONE)
        matrix = (Matrix){
            .value = params_value(&run->params, p, tensor), p->tensors[tensor].rows, p->tensors[tensor].columns, 1, 0};
    matrix.blocks = kind == WEIGHT_OUT ? 1 : p->net.cell->blocks;
    long count = (long)matrix.rows * matrix.columns;
    for (long i = 0; i < count; i++)
        matrix.largest = math_abs(matrix.value[i]) > matrix.largest ? math_abs(matrix.value[i]) : matrix.largest;
    return matrix;
}

static Matrix block_of(const Matrix *matrix, int block)
{
    Matrix part = *matrix;
    part.blocks = 1;
    part.rows = matrix->rows / matrix->blocks;
    part.value += (long)block * part.rows * part.columns;
    return part;
}

static int cells_of(int count)
{
    return count < CELLS_MOST ? count : CELLS_MOST;
}

// At most CELLS_MOST cells each way, each the entry of the largest magnitude it stands for; scaled so that the largest
// has full colour.
static Grid small_map(const Graph *graph, const Matrix *matrix)
{
    int rows = cells_of(matrix->rows), columns = cells_of(matrix->columns);
    double *map = arena_new(graph->out->arena, double, (size_t)rows *(size_t)columns);
    double scale = matrix->largest > 0 ? 1 / matrix->largest : 1;
    for (int row = 0; row < matrix->rows; row++)
        for (int column = 0; column < matrix->columns; column++) {
            double value = matrix->value[(long)row * matrix->columns + column] * scale;
            double *cell = &map[(long)row * rows / matrix->rows * columns + (long)column * columns / matrix->columns];
            *cell = value != value || math_abs(value) > math_abs(*cell) ? value : *cell;
        }
    return (Grid){
        .value = map, .rows = rows, .columns = columns, .row_stride = columns, .column_stride = 1, .ramp = RAMP_SIGNED};
}

// How the blocks of a matrix lie in a room, in the order in which one reads: the way that leaves the largest cells.
typedef struct {
    int across;
    float w, h; // of a block
} Blocks;

enum { BLOCK_GAP = 1 };

static Blocks arrange(const Matrix *matrix, Rect room)
{
    const float most = 6;
    int rows = cells_of(matrix->rows / matrix->blocks), columns = cells_of(matrix->columns);
    Blocks best = {.across = 1};
    float largest = 0;
    for (int across = 1; across <= matrix->blocks; across++) {
        int down = matrix->blocks / across;
        float wide = (room.w - (float)(BLOCK_GAP * (across - 1))) / (float)(across * columns);
        float high = (room.h - (float)(BLOCK_GAP * (down - 1))) / (float)(down * rows), cell = lesser(wide, high);
        if (across * down != matrix->blocks || cell <= largest)
            continue;
        largest = cell;
        cell = lesser(cell, most);
        best = (Blocks){across, cell * (float)columns, cell * (float)rows};
    }
    return best;
}

static Rect block_place(const Blocks *blocks, Rect room, int block)
{
    return (Rect){room.x + (float)(block % blocks->across) * (blocks->w + BLOCK_GAP),
                  room.y + (float)(block / blocks->across) * (blocks->h + BLOCK_GAP), blocks->w, blocks->h};
}

static Rect maps_place(const Matrix *matrix, const Blocks *blocks, Rect room)
{
    Rect last = block_place(blocks, room, matrix->blocks - 1);
    return (Rect){room.x, room.y, last.x + last.w - room.x, last.y + last.h - room.y};
}

static const char *what_of(const Graph *graph, const EdgeWeight *weight)
{
    int layer = graph->snapshot->layer;
    const char *what = weight->kind == WEIGHT_IH && layer > 0
                           ? draw_print(graph->out, "from the state of layer %d to the hidden state", layer)
                           : weight->what;
    if (notation_of(graph) != NOTATION_CONCAT || weight->kind == WEIGHT_OUT)
        return what;
    return draw_print(graph->out, "%s, the columns of W for %s in W·[h, x]", what,
                      weight->kind == WEIGHT_HH ? "h" : "x");
}

const char *tip_of_weight(const Graph *graph, const EdgeWeight *weight)
{
    const Matrix map = matrix_of(graph, weight->kind);
    return draw_print(graph->out,
                      "%s%s (%d × %d), %s: the same in every column\nlargest magnitude %s\nbackward, what all columns "
                      "contribute to its gradient adds up here",
                      weight->name[notation_of(graph)],
                      weight->kind == WEIGHT_OUT ? ""
                                                 : layer_in_tip(graph->snapshot, graph->snapshot->state, graph->out),
                      map.rows, map.columns, what_of(graph, weight), exact_text(graph->out, map.largest));
}

enum { NAME_HEIGHT = 14, NAME_SIZE = 12 };
static const float CELL_LEAST = 1; // px; smaller ones run into each other, and the name stands alone

static void draw_map(const Graph *graph, const EdgeWeight *weight, Rect area)
{
    Matrix matrix = matrix_of(graph, weight->kind);
    Rect room = {area.x + 2, area.y + NAME_HEIGHT, area.w - 4, area.h - NAME_HEIGHT - 2};
    bool lit = weight_pointed(graph, weight->kind);
    Blocks blocks = matrix.rows > 0 ? arrange(&matrix, room) : (Blocks){.across = 1};
    bool room_below = area.h > 2 * NAME_HEIGHT;
    bool seen = room_below && matrix.rows > 0 && blocks.h >= CELL_LEAST * (float)cells_of(matrix.rows / matrix.blocks);
    float y = room_below ? area.y + 10 : area.y + area.h / 2 + 4;
    draw_formula(graph->out, lit ? INK_FORWARD : INK_TEXT, NAME_SIZE, area.x + 2, y, ALIGN_LEFT,
                 weight_formula(graph, weight));
    if (matrix.rows == 0)
        return;
    for (int i = 0; i < matrix.blocks && seen; i++) {
        Matrix block = block_of(&matrix, i);
        draw_grid(graph->out, block_place(&blocks, room, i), small_map(graph, &block));
    }
    if (lit && seen)
        draw_frame(graph->out, INK_FORWARD, rect_inset(maps_place(&matrix, &blocks, room), -2), 2, 1.5f);
    graph_weight_hot(graph, weight, weight->hot, area);
}

// ---- the box ----------------------------------------------------------------------------------------------------
// Gradients of the weights gather here while the backward pass runs; then they are clipped, then used.
static void draw_box(const Graph *graph, Rect box)
{
    const Phase phase = graph->snapshot->place.phase;
    const bool clips = phase == PHASE_CLIP && graph->snapshot->run->setup.clip != CLIP_OFF;
    draw_rect(graph->out, INK_CONTROL, box, 6);
    if (!graph->snapshot->probe && phase >= PHASE_BACKWARD)
        draw_frame(graph->out, clips ? INK_CLIP : INK_BACKWARD, box, 6, 2);
    else
        draw_frame(graph->out, INK_HAIRLINE, box, 6, 1);
}

enum {
    UPRIGHT_LEAST = 96,
    UPRIGHT_MOST = 200,
    UPRIGHT_WIDTH = 60,
    LEVEL_LEAST = 26,
    LEVEL_MOST = 130,
    LEVEL_WIDTH = 84,
    CARRIED_HEIGHT = 28 // of the caption of what is carried on
};

// Beside the one lane, in the place of its name: each map near the edges it belongs to. Under two lanes, whose names
// need the room beside them: the three maps side by side.
Rect graph_weight_box(const Graph *graph)
{
    if (!graph->bands[BAND_INPUT].shown || !graph->bands[BAND_ANSWER].shown)
        return (Rect){0, 0, 0, 0};
    const Lane *last = &graph->lanes[graph->lane_count - 1];
    bool upright = graph->lane_count == 1;
    float top = upright ? band_middle(graph, BAND_ANSWER) + 14 : last->y + (last->h >= 30 ? 20 : 10);
    float bottom = band_middle(graph, BAND_INPUT) - 13;
    if (graph->bands[BAND_ABOVE].shown)
        top = greater(top, graph->bands[BAND_ABOVE].y + graph->bands[BAND_ABOVE].h + 3);
    if (graph->bands[BAND_BELOW].shown)
        bottom = lesser(bottom, graph->bands[BAND_BELOW].y - 3);
    if (upright && snapshot_carried(graph->snapshot))
        bottom -= CARRIED_HEIGHT;
    float height = bottom - top;
    if (height < (upright ? UPRIGHT_LEAST : LEVEL_LEAST))
        return (Rect){0, 0, 0, 0};
    height = lesser(height, upright ? UPRIGHT_MOST : LEVEL_MOST);
    return (Rect){upright ? graph->margin : graph->margin - 4, (top + bottom - height) / 2,
                  upright ? UPRIGHT_WIDTH : LEVEL_WIDTH, height};
}

static void draw_weight_box(const Graph *graph)
{
    Rect box = graph_weight_box(graph);
    if (box.w == 0)
        return;
    draw_box(graph, box);
    bool upright = graph->lane_count == 1;
    Rect maps = upright ? (Rect){box.x + 6, box.y + 4, box.w - 12, box.h - 8}
                        : (Rect){box.x + 2, box.y + 2, box.w - 4, box.h - 4};
    float part = (upright ? maps.h : maps.w) / EDGE_WEIGHTS;
    for (int i = 0; i < EDGE_WEIGHTS; i++)
        draw_map(graph, &edge_weights[i], upright ? rect_cut_top(&maps, part) : rect_cut_left(&maps, part));
}

void graph_weights(const Graph *graph)
{
    draw_weight_box(graph);
    graph_edge_names(graph);
}
