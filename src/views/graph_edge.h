#ifndef VIEWS_GRAPH_EDGE_H
#define VIEWS_GRAPH_EDGE_H

#include "views/graph.h"

// One edge of the forward pass; only graph_edges.c, graph_lanes.c and graph_arrows.c know it, and the folded graph what
// edges say.
typedef struct {
    bool done, running, soft, lit; // soft: it does not count in the loss; lit: its weights are pointed at
    float width;
} Edge;

enum { ARROW_LEAST = 7 }; // px; a shorter edge has no room for a head

void draw_forward(const Graph *graph, Edge edge, Point from, Point to);
bool forward_running(const Graph *graph, int slot, int t);
void graph_lane_edges(const Graph *graph, const Lane *lane);
void graph_lane_factors(const Graph *graph, const Lane *lane);

// What can be pointed at. Backward: only where the gradient is known.
void graph_input_hot(const Graph *graph, int t, Rect area);
void graph_above_hot(const Graph *graph, int t, Rect area);                 // into the next layer
void graph_layer_edge_hot(const Graph *graph, int layer, int t, Rect area); // from a layer to the next
void graph_beside_edge_hot(const Graph *graph, int read, int t, Rect area); // of the other direction, into t
void graph_answer_hot(const Graph *graph, int t, bool backward, Rect area);
void graph_loss_hot(const Graph *graph, int t, bool backward, Rect area);
void graph_lane_hot(const Graph *graph, const Lane *lane, int t, Pointed pointed, Rect area); // what goes into t
void graph_gradient_hot(const Graph *graph, const Lane *lane, int t, Rect area);              // what comes back to t
bool graph_answer_gradient(const Graph *graph, int t, double *norm); // it has gone back into the state

#endif
