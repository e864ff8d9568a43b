#ifndef VIEWS_GRAPH_H
#define VIEWS_GRAPH_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"
#include "views/labels.h"

// The parts of the unrolled graph; only view_graph.c, graph_*.c and the lanes of a comparison know them.
//
// graph_layout decides, once a picture, which bands there is room for and how high each is. The other files fill the
// bands, each for columns of every width:
//
//   title     UNROLLED GRAPH  [fold]                    backward pass · time step 5 of 12
//   numbers        t      1     2     3
//   loss                                 L_t where the time step is scored
//   answer                               ŷ
//   above                                the layers above the one looked at, slim
//   cell      W   0 → [::] → [::] → [::] one lane for h; above it one for c where the cell has a long memory
//   below                                the layers below, slim
//   input                                x
//   role             to remember
//
// Blue edges are the forward pass, pale until they are done; vermilion ones, beside them, exist only where the gradient
// is known.
typedef enum {
    BAND_TITLE,
    BAND_NUMBERS,
    BAND_LOSS,
    BAND_ANSWER,
    BAND_ABOVE,
    BAND_CELL,
    BAND_BELOW,
    BAND_INPUT,
    BAND_ROLE,
    BANDS
} BandName;

typedef struct {
    bool shown;
    float y, h;
} Band;

// A state that goes from column to column.
typedef struct {
    int slot, before;        // h and h'
    const char *word, *sign; // "hidden", "h"
    const char *gloss;       // "short memory", or NULL
    float y, h;              // its middle, and its share of the cell's height
    float width;             // of its forward edges
    double scale;            // the value that has full colour: the same as in the view of the states
    double *norm;            // ‖dL/dh_t‖ for t = axis.first − 1 … axis.last + 1, −1: not known
} Lane;

enum { LANES = 2 };

typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    TimeAxis axis;
    ColumnClass columns;
    Rect area;
    DrawList *out;
    Band bands[BANDS];
    Lane lanes[LANES]; // from the top
    int lane_count;
    float cell_width;
    float beside; // of a cell's height, what the other direction of its layer takes; 0: there is none
    float radius; // of the circles of inputs and answers
    float aside;  // how far from the column's middle the edges up and down lie
    float margin; // x of the names at the left
    bool pinned;  // what can be pointed at is there only where it is pinned
} Graph;

// As the reader counts it.
static inline int shown_t(const Graph *graph, int t)
{
    return snapshot_t(graph->snapshot, t);
}

Graph graph_layout(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out);
float band_middle(const Graph *graph, BandName band);
Rect graph_cell(const Graph *graph, int t);
float graph_origin(const Graph *graph);    // x of the middle of h_0's node, or in reverse of h_{T+1}'s
bool graph_edge_shown(const Graph *graph); // that node lies in the picture
float lane_forward(const Lane *lane);      // y of the forward edges; backward ones lie higher
double lane_norm(const Graph *graph, const Lane *lane, int t);

enum { CARRIED_WIRE = 14 };                // px, left of a carried h_0
enum { ORIGIN_RADIUS = 6, ORIGIN_UP = 3 }; // h_0 stands so much above the edge, nearer to the gradient that it gets

// ---- what has happened ------------------------------------------------------------------------------------------
bool graph_running(const Graph *graph, int slot, int t);  // the last operation done is the one that makes it
bool graph_consumed(const Graph *graph, int slot, int t); // the first operation that reads it at t is done
bool graph_backward(const Graph *graph);                  // the backward pass has begun
bool all_finite(const Real *values, int count);
const char *not_finite_sign(const Real *values, int count); // "∞" or "NaN"; NULL where all is well

// ---- the parts, a file each -------------------------------------------------------------------------------------
void graph_title(const Graph *graph);
void graph_names(const Graph *graph);
const char *graph_whose_loss(const Graph *graph); // "of sequence 3", "of the probe"
void graph_numbers(const Graph *graph);
void graph_nodes(const Graph *graph);   // inputs, answers, losses
void graph_cells(const Graph *graph);   // wide and middle columns
void graph_edges(const Graph *graph);   // wide and middle columns
void graph_origins(const Graph *graph); // h_0 and c_0, where the time steps begin
void graph_heat(const Graph *graph);    // narrow and dense columns
void graph_weights(const Graph *graph);
void graph_edge_names(const Graph *graph); // on the first edges that carry them
void graph_layers(const Graph *graph);     // the layers that are not looked at, and the other direction
Rect graph_weight_box(const Graph *graph); // w = 0: there is no room for it
void graph_folded(const Graph *graph);
void graph_pointed(const Graph *graph); // over all of it

// A layer above or below in its band: a slim box a column, or in a band too low for boxes one row of dots for all.
int layers_in(const Graph *graph, BandName band);
bool layers_boxed(const Graph *graph, BandName band);
Rect layer_box(const Graph *graph, BandName band, int i, int t); // i from the top
int layer_in(const Graph *graph, BandName band, int i);
Rect graph_beside(const Graph *graph, Rect cell); // the other direction's part of a cell
void draw_beside(const Graph *graph, int t);
void graph_layer_hot(const Graph *graph, int layer, int t, Rect area);

// A lane's units as small squares in `area`; NULL values: nothing. Returns the squares' size.
typedef struct {
    Rect area; // of all squares
    int rows, columns;
} UnitGrid;
UnitGrid unit_grid(Rect area, int units);
Rect unit_square(const UnitGrid *grid, int unit); // from 0
void draw_units(const Graph *graph, const Lane *lane, Rect area, const Real *values);
void graph_unit_marks(const Graph *graph, int t, Rect area); // the one pointed at or selected
void graph_unit_hots(const Graph *graph, const Lane *lane, int t, Rect area);
void graph_cell_hot(const Graph *graph, int t, Rect area);
const double *lane_shown(const Graph *graph, const Lane *lane, const Real *values); // as parts of its scale

// An arrow of the backward pass: its shaft as wide as the gradient is long, by the logarithm.
void draw_wide_arrow(DrawList *out, Ink ink, float width, float most, Point from, Point to); // its head at most so wide
void draw_backward(DrawList *out, double norm, float most, Point from, Point to);
enum { WIDTH_LEAST = 2, WIDTH_MOST = 9 };
float backward_width(double norm);
Ink gradient_ink(double norm); // a warning where it is no longer a finite number
const char *factor_text(const Graph *graph, double later, double earlier); // "×0.74", or NULL

// ---- which weights an edge carries ------------------------------------------------------------------------------
int graph_weight(const Graph *graph, TensorKind kind); // the tensor of the layer and direction looked at

typedef struct {
    TensorKind kind;
    const char *name[3];        // by Notation: "W_hh", in tips
    const char *hot, *edge_hot; // names of the map's hot and of the edge label's
    const char *what;
} EdgeWeight;

enum { EDGE_WEIGHTS = 3 };
void graph_weight_hot(const Graph *graph, const EdgeWeight *weight, const char *name, Rect area);
const char *weight_formula(const Graph *graph, const EdgeWeight *weight);
extern const EdgeWeight edge_weights[EDGE_WEIGHTS];       // out, hh, ih: from the top, as they stand in the picture
bool weight_pointed(const Graph *graph, TensorKind kind); // then all its copies light up
const EdgeWeight *edge_weight(TensorKind kind);
const char *tip_of_weight(const Graph *graph, const EdgeWeight *weight);
void graph_weight_name(const Graph *graph, TensorKind kind, float x, float y, Align align);

// ---- tips and presses -------------------------------------------------------------------------------------------
void graph_hot(const Graph *graph, const char *name, Rect area, const char *press, const char *tip, Pointed pointed);
const char *press_select(const Graph *graph, int t, int unit); // unit from 0, NONE: the one selected
const char *press_known(const Graph *graph, long op, int t);   // goes to that operation of the update that is shown
const char *press_step(const Graph *graph, int t);             // goes to the end of the time step
bool graph_asked(const Graph *graph, const char *name);        // its tip is or will be read: then with all its numbers
const char *tip_of_state(const Graph *graph, const Lane *lane, int t, int unit, bool asked); // unit NONE: all of it
const char *tip_of_gradient(const Graph *graph, const Lane *lane, int t, bool asked);        // or ""
const char *tip_of_edge(const Graph *graph, const char *what, int row, int t, bool backward, bool asked);
const char *tip_of_states(const Graph *graph, const Lane *lane, int first, int last, bool pointed);
const char *tip_of_column(const Graph *graph, int first, int last, bool pointed); // with ranges where it is read

static inline float lesser(float a, float b)
{
    return a < b ? a : b;
}

static inline float greater(float a, float b)
{
    return a > b ? a : b;
}

#endif
