#include <string.h>

#include "base/words.h"
#include "views/curves.h"
#include "views/heatmap.h"
#include "views/lane.h"
#include "views/layers.h"
#include "views/views.h"

enum {
    STRIPE = 5, // px of the run's colour
    PADDING = 12,
    PADDING_LOW = 6,
    LOW = 200,
    BRIEF = 124, // below, a lane has its name and its bars only
    STRIP_LEAST = 30,
    STRIP_MOST = 74,
    INPUTS_LEAST = 46, // of a strip that shows inputs
    BETWEEN = 8,
    NAME_LINE = 17,
    LAYER_LINE = 20,
    LAYER_LEAST = 48, // of a map beside which layer and direction have a line of their own
    ASIDE = 14,       // words from the stripe
};

// ---- which slot, how dark ----------------------------------------------------------------------------------------
// Of the layer and direction that is looked at; a cell that lacks it shows h.
static int quantity_slot(const Snapshot *snapshot)
{
    const Program *p = snapshot->program;
    int of_cell = snapshot->quantity ? cell_slot(p->net.cell, snapshot->quantity) : NONE;
    return of_cell == NONE ? snapshot->state : program_cell_slot(p, of_cell, snapshot->layer, snapshot->reverse);
}

static int state_slot(const Snapshot *snapshot)
{
    return snapshot->state;
}

// One scale for all lanes, so that the same colour is the same value; but where another lane has exploded, this one has
// its own, for it would be blank.
static double scale_of(const Snapshot *snapshot, int (*slot_of)(const Snapshot *))
{
    const double exploded = 1e3;
    double most = 0, own = heatmap_scale(snapshot, slot_of(snapshot));
    for (int i = 0; i < (snapshot->session ? snapshot->session->comparison.lanes : 1); i++) {
        const Snapshot *lane = snapshot->session ? &snapshot->lanes[i] : snapshot;
        double scale = heatmap_scale(lane, slot_of(lane));
        most = scale > most ? scale : most;
    }
    return most > exploded * own ? own : most;
}

// ---- where things stand -----------------------------------------------------------------------------------------
static LaneRows lay_rows(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    LaneRows lane = {.snapshot = snapshot, .axis = axis, .out = out, .ink = lane_ink(snapshot, snapshot->lane)};
    float padding = area.h >= LOW ? PADDING : PADDING_LOW, between = area.h >= LOW ? BETWEEN : BETWEEN / 2;
    Rect rest = area;
    rect_cut_top(&rest, padding);
    lane.low = area.h < LOW;
    lane.scale = scale_of(snapshot, state_slot);
    lane.brief = area.h < BRIEF;
    lane.margin = area.x + STRIPE + ASIDE;
    if (lane.brief) {
        lane.bars = rest;
        lane.name = (Rect){lane.margin, area.y + padding, axis.x0 - lane.margin - 6, NAME_LINE};
        return lane;
    }
    float bars = rest.h * (lane.low ? 0.5f : 0.45f);
    float strip = rest.h * 0.28f < STRIP_LEAST ? STRIP_LEAST : rest.h * 0.28f;
    strip = strip > STRIP_MOST ? STRIP_MOST : strip;
    lane.strip = rect_cut_top(&rest, strip);
    lane.bars = rect_cut_bottom(&rest, bars);
    rect_cut_top(&rest, between);
    lane.map = rest;
    lane.inputs = strip >= INPUTS_LEAST;
    lane.name = (Rect){lane.margin, area.y + padding, axis.x0 - lane.margin - 6, strip + between};
    return lane;
}

// ---- the margin -------------------------------------------------------------------------------------------------
// Of the shown sequence at its last scored step: a value and the one it should be, or a class and whether it is right.
static const char *answer_of(const LaneRows *lane, Ink *ink)
{
    char answer[TASK_TEXT], target[TASK_TEXT];
    const Snapshot *s = lane->snapshot;
    int t = snapshot_last_scored(s);
    bool right;
    *ink = INK_FAINT;
    if (!t || !snapshot_answer_is_right(s, t, &right) || !snapshot_answer_text(s, t, answer) ||
        !snapshot_target_text(s, t, target))
        return "not yet";
    *ink = INK_TEXT;
    if (s->program->net.loss == LOSS_MSE)
        return draw_print(lane->out, "%s for %s", answer, target);
    return right ? draw_print(lane->out, "%s, right", answer) : draw_print(lane->out, "%s, not %s", answer, target);
}

static void draw_answer(const LaneRows *lane, float y)
{
    Ink ink;
    const char *answer = answer_of(lane, &ink);
    bool two = y + 2 * NAME_LINE <= lane->name.y + lane->name.h + 4;
    if (y + 13 > lane->name.y + lane->name.h)
        return;
    if (two)
        draw_text(lane->out, INK_SOFT, TYPE_BODY, lane->margin, y + 12, ALIGN_LEFT, "answers");
    draw_text(lane->out, ink, TYPE_STRONG, lane->margin, y + (two ? 12 + NAME_LINE : 12), ALIGN_LEFT,
              draw_cut(lane->out, TYPE_STRONG, answer, lane->name.w));
}

static void draw_broken(const LaneRows *lane, float y)
{
    const char *words[] = {"no longer finite",
                           draw_print(lane->out, "in update %ld", lane->snapshot->run->broken.update)};
    for (int i = 0; i < 2 && y + 12 <= lane->name.y + lane->name.h + 4; i++, y += NAME_LINE - 2)
        draw_text(lane->out, INK_WARNING, TYPE_SECTION, lane->margin, y + 12, ALIGN_LEFT,
                  draw_cut(lane->out, TYPE_SECTION, words[i], lane->name.w));
}

// In the largest letters that have room, down to those of ordinary words.
static void draw_name(const LaneRows *lane)
{
    Type type = TYPE_HEAD;
    const char *name = lane_name(lane->snapshot, lane->snapshot->lane, lane->out);
    while (type.size > 11 && draw_width(lane->out, type, name) > lane->name.w)
        type.size--;
    draw_text(lane->out, lane->ink, type, lane->margin, lane->name.y + 14, ALIGN_LEFT,
              draw_cut(lane->out, type, name, lane->name.w));
    if (lane->brief)
        return;
    if (lane->snapshot->run->broken.update)
        draw_broken(lane, lane->name.y + NAME_LINE + 3);
    else
        draw_answer(lane, lane->name.y + NAME_LINE + 3);
}

// Which layer and direction is looked at; here there is no room for a button each.
static void draw_direction(const LaneRows *lane, const char *layer, float y)
{
    const Snapshot *s = lane->snapshot;
    const char *way = !s->program->net.bidirectional ? "" : s->reverse ? " backward" : " forward";
    const char *words = draw_print(lane->out, "%s%s", layer, way);
    if (draw_width(lane->out, TYPE_CAPTION, words) > lane->name.w - 20)
        words = layer;
    draw_text(lane->out, INK_FAINT, TYPE_CAPTION, lane->margin + 20, y + 4, ALIGN_LEFT, words);
    draw_hot(lane->out, (Hot){.id = hot_id("lane layer"),
                              .area = {lane->margin, y - 11, lane->name.w, LAYER_LINE},
                              .press = "layer next",
                              .tip = "which layer and direction is shown; press for the next",
                              .pointed = {0, NONE, NONE},
                              .focusable = true});
}

// ---- the chosen quantity ----------------------------------------------------------------------------------------
static void draw_quantity(const LaneRows *lane)
{
    const Program *p = lane->snapshot->program;
    int slot = quantity_slot(lane->snapshot);
    const Slot *shown = &p->net.cell->slots[p->slots[slot].of_cell]; // bears no layer in its name
    bool gate = shown->role == ROLE_GATE;
    HeatMap map = {slot, gate ? RAMP_UNIT : RAMP_SIGNED, gate ? 1 : scale_of(lane->snapshot, quantity_slot),
                   lane->map.y, lane->map.h};
    heatmap_draw(lane->snapshot, lane->axis, map, lane->out);
    float middle = lane->map.y + lane->map.h / 2;
    const Snapshot *s = lane->snapshot;
    const char *layer = layer_name(p, s->layer, s->reverse, lane->out);
    bool below = *layer && lane->map.h >= LAYER_LEAST;
    middle -= below ? LAYER_LINE / 2 : 0;
    Rect words = {lane->margin, middle - 11, lane->name.w, 22};
    draw_formula(lane->out, INK_SOFT, 15, words.x, middle + 5, ALIGN_LEFT, shown->name);
    draw_text(lane->out, INK_FAINT, TYPE_CAPTION, words.x + 20, middle + 4, ALIGN_LEFT,
              draw_cut(lane->out, TYPE_CAPTION, *layer && !below ? layer : shown->what, words.w - 20));
    if (below)
        draw_direction(lane, layer, middle + LAYER_LINE);
    draw_hot(lane->out, (Hot){.id = hot_id("quantity"),
                              .area = words,
                              .press = "open choice quantity",
                              .tip = "what is shown over time; press for another",
                              .pointed = {0, slot, NONE},
                              .focusable = true});
}

// ---- the view ---------------------------------------------------------------------------------------------------
static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    LaneRows lane = lay_rows(snapshot, axis, area, out);
    draw_rect(out, lane.ink, (Rect){area.x, area.y, STRIPE, area.h}, 2);
    draw_name(&lane);
    if (!lane.brief) {
        lane_strip(&lane);
        draw_quantity(&lane);
    }
    lane_bars(&lane);
}

const View view_lane = {
    .name = "lane",
    .title = "Lane of a comparison",
    .what = "A network in brief: its steps, its answer, one quantity over time and its gradients.",
    .on_time_axis = true,
    .least_height = 60,
    .draw = draw,
};
