#ifndef VIEWS_GRAPH_FOLD_H
#define VIEWS_GRAPH_FOLD_H

#include "views/graph.h"

// The parts of the folded graph; only graph_fold*.c know them. What can be pointed at is that of the unrolled graph at
// the marked time step, under the same names, so that a pin stays when the graph is folded.
//
//          answer --> loss
//            ^ |
//        [  cell  ] ---- h_t ----.      blue the state that goes round,
//        [        ] <- h_(t-1) - [t-1]  vermilion outside it the gradient that comes round
//            ^
//          input
typedef struct {
    const Graph *graph;
    int t;
    Rect cell;
    float x, radius; // the middle, and the circles of input and answer
    float input_y, answer_y;
    float aside; // how far from the middle the edges between cell and answer lie
    float reach; // how far the loop goes to the right
} Loop;

enum { DELAY_WIDTH = 40, DELAY_HEIGHT = 22, LOSS_EDGE = 30 }; // px; the last from the answer to the loss

typedef struct {
    const Lane *lane;
    Rect cell;     // its part of the cell
    float y, half; // the loop's middle, and how far above and below it it leaves and enters the cell
} LoopLane;

LoopLane loop_lane(const Loop *loop, int i);
Rect loop_units(const LoopLane *lane); // where its units are drawn
Rect loop_delay(const Loop *loop, const LoopLane *lane);
int loop_before(const Loop *loop);       // the time step that the loop brings the state from
bool loop_readout(const Graph *graph);   // the layer looked at is the last: it gives the answer
float loop_loss_x(const Loop *loop);     // where the loss is told
const char *loop_loss(const Loop *loop); // "loss 1.31", or NULL
void loop_draw(const Loop *loop);        // the loops of all lanes

// From the cell's right side out, and back into it; `out` is how far outside the forward loop it lies.
void loop_points(const Loop *loop, const LoopLane *lane, float out, Point points[4]);
bool loop_comes_back(const Loop *loop, const LoopLane *lane, double *norm); // a gradient from the time step after
float loop_width(const LoopLane *lane, double norm);                        // of that gradient's curve

void loop_hots(const Loop *loop);
void loop_pointed(const Loop *loop);

#endif
