#include <math.h>

#include "base/words.h"
#include "ui/widgets.h"
#include "views/layers.h"
#include "views/place.h"
#include "views/program_card.h"
#include "views/views.h"

// The time step that is looked at, as its equations: one line a row of the program, the row of the last operation
// marked. Behind each what came out, and on the way back how long the gradient is there.
enum {
    PADDING = 16,
    TITLE_HEIGHT = 28,
    WORDS_HEIGHT = 22,
    FACT_HEIGHT = 18,
    NARROW = 280, // of the whole card
};

// ---- where the reader is ----------------------------------------------------------------------------------------
// The time step that the backward pass was at before t; 0: it starts there.
static int step_after(const Snapshot *snapshot, int t)
{
    int later = snapshot_after(snapshot, t);
    return later >= 1 && later <= snapshot_length(snapshot) ? later : 0;
}

static const char *words_of_backward(const ProgramCard *card)
{
    const int at = snapshot_t(card->snapshot, card->t);
    int later = step_after(card->snapshot, card->t);
    if (later == 0)
        return draw_print(card->out, "Back from the %s, at t = %d", card->snapshot->reverse ? "start" : "end", at);
    later = snapshot_t(card->snapshot, later);
    if (card->narrow)
        return draw_print(card->out, "Back from t = %d to t = %d", later, at);
    return draw_print(card->out, "Back through time, from t = %d to t = %d", later, at);
}

static const char *words_of_place(const ProgramCard *card)
{
    const Snapshot *s = card->snapshot;
    const int at = snapshot_t(s, card->t);
    if (snapshot_padding(s, card->t))
        return draw_print(card->out, "Padding at t = %d: it counts in nothing", at);
    if (s->probe)
        return draw_print(card->out, "The probe sequence at t = %d", at);
    if (s->place.t > 0 && s->place.t != card->t)
        return draw_print(card->out, "Time step t = %d", at);
    switch (s->place.phase) {
    case PHASE_FORWARD:
        return draw_print(card->out, "Forward, at t = %d", at);
    case PHASE_BACKWARD:
        return words_of_backward(card);
    case PHASE_CLIP:
        return "The norm of the gradient is taken";
    case PHASE_CHANGE:
        return "The weights have changed";
    default:
        return s->run->at.update == 0 ? "The fresh network" : "An update begins";
    }
}

static void draw_words(ProgramCard *card)
{
    Rect line = rect_cut_top(&card->rest, WORDS_HEIGHT);
    bool forward = card->snapshot->place.phase == PHASE_FORWARD, back = card->snapshot->place.phase == PHASE_BACKWARD;
    Ink ink = card->snapshot->probe ? INK_TEXT : forward ? INK_FORWARD : back ? INK_BACKWARD : INK_TEXT;
    Type type = {FACE_SEMIBOLD, 14};
    const char *words = words_of_place(card);
    if (draw_width(card->out, type, words) > line.w)
        type.size = 12;
    draw_text(card->out, ink, type, line.x, line.y + 13, ALIGN_LEFT, draw_cut(card->out, type, words, line.w));
}

// ---- how the gradient came here ---------------------------------------------------------------------------------
// The label in full, or what is left of it where the value takes the room.
static void draw_fact(ProgramCard *card, const char *label, const char *less, const char *value, Ink ink)
{
    float room = card->rest.w - draw_width(card->out, TYPE_STRONG, value) - 8;
    label = draw_width(card->out, TYPE_BODY, label) <= room ? label : less;
    value_row(card->out, rect_cut_top(&card->rest, FACT_HEIGHT), label, value, ink, TYPE_STRONG);
}

static bool state_norm(const ProgramCard *card, int t, double *norm)
{
    return t > 0 && snapshot_grad_norm(card->snapshot, card->state, t, norm) && isfinite(*norm);
}

static const char *times(const ProgramCard *card, double factor)
{
    char text[NUMBER_SIZE];
    return draw_print(card->out, "× %s", number_short(text, factor));
}

// Whose length: named where the cell has two states.
static void draw_length(ProgramCard *card, const char *value, bool of_two)
{
    const char *label = "length of the gradient", *less = "its length";
    if (card->program->memory != NONE) {
        const char *sign = card->state == card->snapshot->memory ? "c" : "h";
        label = draw_print(card->out, "length of gradient of %s", sign);
        less = draw_print(card->out, card->narrow && of_two ? "of %s" : "length, of %s", sign);
    } else if (card->narrow && of_two) {
        less = "";
    }
    draw_fact(card, label, less, value, INK_BACKWARD);
}

static void draw_facts(ProgramCard *card)
{
    char before[NUMBER_SIZE], now[NUMBER_SIZE];
    double norm, later, last;
    int from = step_after(card->snapshot, card->t), scored = snapshot_last_read(card->snapshot);
    if (!state_norm(card, card->t, &norm))
        return;
    number_short(now, norm);
    if (!state_norm(card, from, &later)) {
        draw_length(card, draw_print(card->out, "%s", now), false);
        return;
    }
    draw_length(card, draw_print(card->out, "%s → %s", number_short(before, later), now), true);
    if (later > 0)
        draw_fact(card,
                  draw_print(card->out, "from t = %d to t = %d", snapshot_t(card->snapshot, from),
                             snapshot_t(card->snapshot, card->t)),
                  "this step", times(card, norm / later), INK_TEXT);
    if (scored != from && scored != card->t && state_norm(card, scored, &last) && last > 0)
        draw_fact(card, draw_print(card->out, "since t = %d", snapshot_t(card->snapshot, scored)), "since",
                  times(card, norm / last), INK_TEXT);
}

// In the title's line, in words as full as there is room for.
static void name_layer(const ProgramCard *card, Rect area)
{
    const Snapshot *s = card->snapshot;
    float room = area.w - 2 * PADDING - draw_width(card->out, TYPE_SECTION, "THIS TIME STEP") - 12;
    const char *words = layer_words(s, card->out);
    if (draw_width(card->out, TYPE_CAPTION, words) > room)
        words = layer_name(card->program, s->layer, s->reverse, card->out);
    draw_text(card->out, INK_SOFT, TYPE_CAPTION, area.x + area.w - PADDING, area.y + 19, ALIGN_RIGHT, words);
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    ProgramCard card = {.snapshot = snapshot,
                        .program = snapshot->program,
                        .out = out,
                        .t = place_step(snapshot),
                        .backward = place_has_gradients(snapshot)};
    bool of_memory = snapshot->gradient_of_memory && snapshot->program->memory != NONE;
    card.state = of_memory ? snapshot->memory : snapshot->state;
    card.narrow = area.w < NARROW;
    card.rest = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    card_title(out, area, "THIS TIME STEP");
    if (layers_several(snapshot))
        name_layer(&card, area);
    card.terms = terms_around(snapshot, card.t, out->arena);
    rect_cut_top(&card.rest, TITLE_HEIGHT);
    draw_words(&card);
    if (card.backward && area.h >= 240)
        draw_facts(&card);
    program_rows(&card);
}

const View view_program = {
    .name = "program",
    .title = "This time step",
    .what = "The equations of the time step that is looked at, and what came out of each.",
    .least_height = 130,
    .draw = draw,
};
