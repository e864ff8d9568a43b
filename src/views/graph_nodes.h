#ifndef VIEWS_GRAPH_NODES_H
#define VIEWS_GRAPH_NODES_H

#include "views/graph.h"

// Inputs, answers and losses: one rule for the three rows. Texts stand in their nodes where all of a row fit into their
// columns, smaller ones if need be; else they stand alone where their neighbours leave room, and the others are dots.
typedef struct {
    const char *text;  // NULL: not known yet
    const char *less;  // a shorter one for a narrow box, or NULL
    bool done;         // its operation is done; an input can be seen before it is read
    bool strong, pale; // to be remembered or scored; not part of the loss
    bool judged;       // its answer counts, so it needs room for a verdict
    bool running;
    bool broken; // no longer a finite number
    int verdict; // 1 right, -1 wrong, 0 nothing to judge
    bool shown;
    bool alone; // its text stands without a circle or box around it
    bool told;  // and has found room
    float size; // of its text
    float room; // px from left to right
} Node;

typedef struct {
    BandName band;
    const char *name; // of its hots
    bool boxed;
    int (*slot)(const Program *program);
    Node (*read)(const Graph *graph, int t);
    const char *(*tip)(const Graph *graph, int t, const Node *node);
} NodeRow;

enum { NODE_INPUT, NODE_ANSWER, NODE_LOSS, NODE_ROWS };
extern const NodeRow node_rows[NODE_ROWS];
void graph_node_hot(const Graph *graph, const NodeRow *row, const Node *node, int t, Rect area);
const char *node_role(const Graph *graph, int t); // of the input: "to remember", mostly ""

#endif
