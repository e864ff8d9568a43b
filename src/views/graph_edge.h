#ifndef VIEWS_GRAPH_EDGE_H
#define VIEWS_GRAPH_EDGE_H

#include "views/graph.h"

// One edge of the forward pass; only graph_edges.c, graph_lanes.c and graph_arrows.c know it.
typedef struct {
    bool done, running, soft, lit; // soft: it does not count in the loss; lit: its weights are pointed at
    float width;
} Edge;

enum { ARROW_LEAST = 7 }; // px; a shorter edge has no room for a head

void draw_forward(const Graph *graph, Edge edge, Point from, Point to);
bool forward_running(const Graph *graph, int slot, int t);
void graph_lane_edges(const Graph *graph, const Lane *lane);
void graph_lane_factors(const Graph *graph, const Lane *lane);

#endif
