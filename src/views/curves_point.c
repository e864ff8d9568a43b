#include <math.h>

#include "views/curves.h"
#include "views/exact.h"

// Where the reader is on the curves, what is pointed at there and what is pinned.
enum { TITLE_HEIGHT = 18 };

const char *curve_value(const Curves *curves, Curve curve, long update)
{
    double value;
    if (!record_get(curves->snapshot->run->record, curve, update, &value))
        return "not kept";
    return exact_text(curves->out, value);
}

// Where the values of a curve come from.
const char *curve_source(const Curves *curves, Curve curve)
{
    const Snapshot *s = curves->snapshot;
    const Run *run = s->run;
    const char *weights = curves_compared(s) ? "" : draw_print(curves->out, "%zu ", run->program.weight_count);
    switch (curve) {
    case CURVE_LOSS:
        return draw_print(curves->out, "the mean of L_t over all scored steps of the batch's %d sequences",
                          run->program.dims.B);
    default:
        return draw_print(curves->out, "√ of the sum of the squares of the gradient of all %sweights", weights);
    }
}

// ---- the grey curve ---------------------------------------------------------------------------------------------
// What it is, and a press that takes it away.
static void name_former(const Curves *curves, const char *id)
{
    enum { EDGE = 6, HEIGHT = 18, LEAST = 60 };
    DrawList *out = curves->out;
    const Snapshot *snapshot = curves->snapshot;
    Rect field = curves->field;
    if (!curves_has_former(snapshot, snapshot->run) || field.h < LEAST)
        return;
    float room = field.w - CURVES_SCALE - 4 * EDGE;
    const char *words = draw_cut(out, TYPE_CAPTION, draw_print(out, "grey: %s ×", snapshot->former), room);
    Rect place = {field.x + EDGE, field.y + field.h - HEIGHT - 2, draw_width(out, TYPE_CAPTION, words) + 2 * EDGE,
                  HEIGHT};
    uint32_t hot = hot_id(draw_print(out, "former %s", id));
    Rect best = place;
    place = curves_find_free(curves, &place) ? place : best;
    draw_rect(out, out->hover == hot ? INK_CONTROL_HOVER : INK_CARD, place, 4);
    draw_text(out, INK_SOFT, TYPE_CAPTION, place.x + EDGE, place.y + 13, ALIGN_LEFT, words);
    const char *tip = draw_print(out, "what training did %s, from update %ld to %ld\na press takes it away",
                                 snapshot->former, snapshot->run->former_from, record_last(snapshot->run->former));
    draw_hot(out, (Hot){.id = hot, .area = place, .press = "forget", .tip = tip, .pointed = {0, NONE, NONE}});
}

// ---- an update ----------------------------------------------------------------------------------------------------
static int parts_of(const Curves *curves)
{
    return curves->field.w >= 1 ? (int)curves->field.w : 1;
}

static float update_x(const Curves *curves, long update)
{
    return curves->x0 + curves->dx * (float)update;
}

// The update under the pointer; 0: it is elsewhere.
static long pointed_update(const Curves *curves, uint32_t id)
{
    int part = curves->snapshot->pointed_unit;
    if (curves->out->hover != id || part < 0 || !(curves->dx > 0))
        return 0;
    float x = curves->field.x + ((float)part + 0.5f) * curves->field.w / (float)parts_of(curves);
    long update = lroundf((x - curves->x0) / curves->dx);
    return update < 1 ? 1 : update > curves->last ? curves->last : update;
}

static void draw_upright(const Curves *curves, Ink ink, long update)
{
    float x = update_x(curves, update);
    draw_line(curves->out, ink, x, curves->field.y, x, curves->field.y + curves->field.h, 1);
}

static void draw_read(const Curves *curves)
{
    uint8_t before = draw_fade(curves->out, 0.5f);
    draw_upright(curves, INK_SOFT, curves->read);
    curves->out->alpha = before;
}

// ---- what is pinned -----------------------------------------------------------------------------------------------
// On the curve, or where that is not kept at its foot.
static Rect pinned_place(const Curves *curves, Curve curve, long update)
{
    const float half = 3;
    double value;
    bool kept = record_get(curves->snapshot->run->record, curve, update, &value);
    float x = update_x(curves, update), y = value_y(curves->values, kept ? value : NAN);
    return (Rect){x - half, y - half, 2 * half, 2 * half};
}

// An update that is pinned stays, wherever the reader goes; one that training has not reached is not there.
static void pinned_hots(const Curves *curves, const CurvesTip *tip, uint32_t id)
{
    int pin = 0;
    for (long update; (update = hot_pinned(curves->out, id, &pin)) > 0;)
        if (update <= curves->last)
            draw_hot(curves->out, (Hot){.id = id,
                                        .area = pinned_place(curves, tip->curve, update),
                                        .tip = tip->text(curves, tip->curve, update),
                                        .pointed = {0, NONE, NONE},
                                        .part = update});
}

void curves_end(const Curves *curves, const char *name, CurvesTip tip)
{
    Rect field = curves->field;
    uint32_t id = hot_id(name);
    long pointed = pointed_update(curves, id);
    draw_read(curves);
    if (pointed > 0)
        draw_upright(curves, INK_FOCUS, pointed);
    pinned_hots(curves, &tip, id);
    draw_hot(curves->out, (Hot){.id = id,
                                .area = field,
                                .drag = "seek %s",
                                .track = {curves->x0, field.y, curves->dx * (float)curves->last, field.h},
                                .low = 0,
                                .high = (double)curves->last,
                                .whole = true,
                                .value = (double)curves->read,
                                .tip = tip.text(curves, tip.curve, pointed > 0 ? pointed : curves->read),
                                .pointed = {0, NONE, NONE},
                                .rows = 1,
                                .columns = parts_of(curves),
                                .part = pointed});
    name_former(curves, name);
}

void curves_other(DrawList *out, Rect area, const char *word, const char *line, const char *tip)
{
    uint32_t id = hot_id(line);
    Rect place = {area.x + area.w - CURVES_SCALE - CURVES_OTHER, area.y, CURVES_OTHER, TITLE_HEIGHT};
    draw_textf(out, out->hover == id ? INK_TEXT : INK_SOFT, TYPE_SECTION, place.x + place.w, area.y + 10, ALIGN_RIGHT,
               "%s ›", word);
    draw_hot(out,
             (Hot){.id = id, .area = place, .press = line, .tip = tip, .pointed = {0, NONE, NONE}, .focusable = true});
}
