#include "views/heatmap.h"
#include "views/views.h"

// The states over time: the long memory c, where the cell has one, above the hidden state h.
enum { PADDING = 13, PADDING_LOW = 6, LOW = 90, BETWEEN = 8 };

typedef struct {
    const char *name, *letter;
    int slot;
} State;

static int list_states(const Snapshot *snapshot, State states[2])
{
    int count = 0;
    if (snapshot->memory != NONE)
        states[count++] = (State){"cell", "c", snapshot->memory};
    states[count++] = (State){"hidden", "h", snapshot->state};
    return count;
}

static void draw_state(const Snapshot *snapshot, TimeAxis axis, Rect area, State state, Rect row, DrawList *out)
{
    HeatMap map = {state.slot, RAMP_SIGNED, heatmap_scale(snapshot, state.slot), row.y, row.h};
    Rect margin = heatmap_margin(area, map);
    heatmap_draw(snapshot, axis, map, out);
    heatmap_name(out, &margin, state.name, state.letter);
    heatmap_key(out, &margin, map.ramp, map.scale);
    heatmap_layer(snapshot, out, &margin);
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    State states[2];
    int count = list_states(snapshot, states);
    Rect rest = area;
    float padding = area.h >= LOW ? PADDING : PADDING_LOW;
    rect_cut_top(&rest, padding);
    rect_cut_bottom(&rest, padding);
    float height = (rest.h - BETWEEN * (float)(count - 1)) / (float)count;
    for (int i = 0; i < count; i++) {
        draw_state(snapshot, axis, area, states[i], rect_cut_top(&rest, height), out);
        rect_cut_top(&rest, BETWEEN);
    }
}

const View view_hidden = {
    .name = "hidden",
    .title = "Hidden state",
    .what = "The values of all hidden units at every time step.",
    .on_time_axis = true,
    .least_height = 54,
    .draw = draw,
};
