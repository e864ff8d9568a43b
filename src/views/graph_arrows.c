#include "base/math.h"
#include "base/words.h"
#include "views/graph_edge.h"

// ---- the backward pass's arrows ---------------------------------------------------------------------------------
// 2 px at 1e-6 and below, 9 px at 100 and above; a gradient that has vanished altogether is a hairline.
float backward_width(double norm)
{
    static const double low = -6, high = 2, ln_10 = 2.302585092994046;
    if (norm == 0)
        return 0.75f;
    if (!(math_abs(norm) <= DBL_MAX))
        return WIDTH_MOST;
    double part = (math_log(norm) / ln_10 - low) / (high - low);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return WIDTH_LEAST + (WIDTH_MOST - WIDTH_LEAST) * (float)part;
}

Ink gradient_ink(double norm)
{
    return math_abs(norm) <= DBL_MAX ? INK_BACKWARD : INK_WARNING;
}

// Level or upright; the outline goes round from the shaft's start.
void draw_wide_arrow(DrawList *out, Ink ink, float width, float most, Point from, Point to)
{
    float w = width / 2;
    float across = to.x - from.x, down = to.y - from.y,
          length = greater(greater(across, -across), greater(down, -down));
    if (width < 1 || length < ARROW_LEAST) {
        draw_line(out, ink, from.x, from.y, to.x, to.y, width);
        return;
    }
    float dx = across / length, dy = down / length; // the direction
    float head = lesser(length * 0.55f, 4 + width), half = lesser(w + 3, most * 0.5f + 3);
    Point neck = {to.x - dx * head, to.y - dy * head};
    const Point outline[] = {
        {from.x - dy * w, from.y + dx * w},       {neck.x - dy * w, neck.y + dx * w},
        {neck.x - dy * half, neck.y + dx * half}, to,
        {neck.x + dy * half, neck.y - dx * half}, {neck.x + dy * w, neck.y - dx * w},
        {from.x + dy * w, from.y - dx * w},
    };
    draw_polygon(out, ink, outline, 7);
}

void draw_backward(DrawList *out, double norm, float most, Point from, Point to)
{
    draw_wide_arrow(out, gradient_ink(norm), lesser(backward_width(norm), most), most, from, to);
}

// Two significant digits: it is the size of it that matters.
const char *factor_text(const Graph *graph, double later, double earlier)
{
    char text[NUMBER_SIZE];
    double factor = earlier / later;
    if (!(earlier >= 0) || !(later > 0) || factor != factor)
        return NULL;
    if (factor >= 0.1 && factor < 9.995)
        return draw_print(graph->out, "×%.2f", factor);
    if (factor >= 9.995 && factor < 99.95)
        return draw_print(graph->out, "×%.1f", factor);
    if (factor >= 0.0095 && factor < 0.1)
        return draw_print(graph->out, "×%.3f", factor);
    return draw_print(graph->out, "×%s", number_short(text, factor));
}

// ---- the forward pass's ---------------------------------------------------------------------------------------------
void draw_forward(const Graph *graph, Edge edge, Point from, Point to)
{
    float across = to.x - from.x, length = greater(greater(across, -across), from.y - to.y);
    float width = edge.width + (edge.running ? 1.2f : 0) + (edge.lit ? 1.5f : 0);
    uint8_t before = draw_fade(graph->out, edge.lit       ? 1
                                           : !edge.done   ? 0.26f
                                           : edge.soft    ? 0.36f
                                           : edge.running ? 1
                                                          : 0.8f);
    if (length < ARROW_LEAST || graph->axis.dx < 14)
        draw_line(graph->out, INK_FORWARD, from.x, from.y, to.x, to.y, width);
    else
        draw_arrow(graph->out, INK_FORWARD, from.x, from.y, to.x, to.y, width);
    graph->out->alpha = before;
}

bool forward_running(const Graph *graph, int slot, int t)
{
    return graph->snapshot->place.phase == PHASE_FORWARD && graph_running(graph, slot, t);
}
