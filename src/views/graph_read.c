#include <stdlib.h>

#include "base/words.h"
#include "views/exact.h"
#include "views/graph_nodes.h"

static const char *kept(const Graph *graph, const char *text)
{
    return draw_print(graph->out, "%s", text);
}

// ---- inputs -----------------------------------------------------------------------------------------------------
static int input_slot(const Program *program)
{
    return program->input;
}

const char *node_role(const Graph *graph, int t)
{
    char text[TASK_TEXT];
    snapshot_input_role(graph->snapshot, t, text);
    return kept(graph, text);
}

static Node read_input(const Graph *graph, int t)
{
    char text[TASK_TEXT];
    Node node = {.shown = !snapshot_padding(graph->snapshot, t), .strong = *node_role(graph, t) != 0};
    node.done = snapshot_input_text(graph->snapshot, t, text);
    node.text = *text ? kept(graph, text) : NULL;
    return node;
}

static const char *tip_of_input(const Graph *graph, int t, const Node *node)
{
    const char *role = node->strong ? node_role(graph, t) : "";
    if (!node->text)
        return draw_print(graph->out, "t = %d, no input yet", shown_t(graph, t));
    return draw_print(graph->out, "t = %d, input %s%s%s%s", shown_t(graph, t), node->text, *role ? ", " : "", role,
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
    Node node = {.shown = !snapshot_padding(graph->snapshot, t), .strong = scored, .pale = !scored, .judged = scored};
    if (!snapshot_answer_text(graph->snapshot, t, text))
        return node;
    const Real *y = snapshot_value(graph->snapshot, graph->program->answer, t);
    const char *sign = y ? not_finite_sign(y, graph->program->dims.Y) : NULL;
    node.text = sign ? sign : kept(graph, text);
    node.broken = sign != NULL;
    node.done = true;
    node.verdict = sign ? 0 : verdict_of(graph, t);
    return node;
}

static const char *tip_of_answer(const Graph *graph, int t, const Node *node)
{
    char target[TASK_TEXT];
    if (!node->text)
        return draw_print(graph->out, "t = %d, not answered yet", shown_t(graph, t));
    if (!node->verdict || !snapshot_target_text(graph->snapshot, t, target))
        return draw_print(graph->out, "t = %d, answer %s, does not count in the loss", shown_t(graph, t), node->text);
    return draw_print(graph->out, "t = %d, answer %s, target %s: %s", shown_t(graph, t), node->text, target,
                      node->verdict > 0 ? "right" : "wrong");
}

// ---- losses -----------------------------------------------------------------------------------------------------
static int loss_slot(const Program *program)
{
    return program->loss;
}

// Two digits, and one behind zeros: 1.2, 0.12, 0.002, 2e−4.
static const char *brief_number(const Graph *graph, double value)
{
    char text[NUMBER_SIZE];
    double rounded = strtod(draw_print(graph->out, value >= 0.01 ? "%.1e" : "%.0e", value), NULL);
    if (value >= 0.001 || value <= 0)
        return kept(graph, number_short(text, rounded));
    const char *digits = draw_print(graph->out, "%.0e", value);
    return draw_print(graph->out, "%ce−%d", *digits, abs(atoi(digits + 2)));
}

static Node read_loss(const Graph *graph, int t)
{
    char text[NUMBER_SIZE];
    Real loss;
    Node node = {.shown = snapshot_scored(graph->snapshot, t)};
    if (!node.shown || !snapshot_loss(graph->snapshot, t, &loss))
        return node;
    node.done = true;
    node.broken = !all_finite(&loss, 1);
    node.text = node.broken ? not_finite_sign(&loss, 1) : kept(graph, number_short(text, loss));
    node.less = node.broken ? NULL : brief_number(graph, loss);
    return node;
}

// The curve and the numbers of NOW are the batch's.
const char *graph_whose_loss(const Graph *graph)
{
    const Snapshot *s = graph->snapshot;
    return s->probe ? "of the probe" : draw_print(graph->out, "of sequence %d", s->b + 1);
}

static const char *tip_of_loss(const Graph *graph, int t, const Node *node)
{
    Real loss;
    if (!node->text || !snapshot_loss(graph->snapshot, t, &loss))
        return draw_print(graph->out, "t = %d, the loss is not computed yet", shown_t(graph, t));
    return draw_print(graph->out, "t = %d, loss L = %s, %s", shown_t(graph, t), exact_text(graph->out, loss),
                      graph_whose_loss(graph));
}

const NodeRow node_rows[NODE_ROWS] = {
    [NODE_INPUT] = {BAND_INPUT, "input", false, input_slot, read_input, tip_of_input},
    [NODE_ANSWER] = {BAND_ANSWER, "answer", false, answer_slot, read_answer, tip_of_answer},
    [NODE_LOSS] = {BAND_LOSS, "loss", true, loss_slot, read_loss, tip_of_loss},
};
