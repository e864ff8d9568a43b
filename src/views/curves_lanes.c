#include <math.h>

#include "base/words.h"
#include "views/curves.h"
#include "views/exact.h"

// Curves of runs that are compared, one a lane. Of several seeds the median is drawn, and pale what lies between the
// least and the largest.

bool curves_compared(const Snapshot *snapshot)
{
    return snapshot->session && snapshot->session->count > 1;
}

// ---- telling them apart -------------------------------------------------------------------------------------------
const char *lane_name(const Snapshot *snapshot, int lane, DrawList *out)
{
    char text[LANE_TEXT];
    if (!snapshot->session)
        return snapshot->program->net.cell->title;
    return draw_print(out, "%s", session_name(snapshot->session, lane, text));
}

static bool among(Ink ink, const Ink *inks, int count)
{
    for (int i = 0; i < count; i++)
        if (inks[i] == ink)
            return true;
    return false;
}

// Cells have inks of their own, but all further ones the same: the second of them takes one that none has. Other lanes
// take them in turn.
Ink lane_ink(const Snapshot *snapshot, int lane)
{
    static const Ink inks[LANES_MOST] = {INK_RUN_RNN, INK_RUN_LSTM, INK_RUN_GRU, INK_RUN_OTHER};
    const Session *session = snapshot->session;
    if (!session)
        return curves_run_ink(snapshot->run);
    const Setting *setting = session->comparison.setting;
    if (setting && setting->at != offsetof(Setup, cell))
        return inks[lane];
    Ink own[LANES_MOST], given[LANES_MOST];
    for (int i = 0; i < session->comparison.lanes; i++)
        own[i] = curves_run_ink(&session->runs[i]);
    for (int i = 0; i <= lane; i++) {
        given[i] = own[i];
        for (int k = 0; k < LANES_MOST && among(given[i], given, i); k++)
            given[i] = among(inks[k], own, session->comparison.lanes) ? given[i] : inks[k];
    }
    return given[lane];
}

// ---- the points of a lane -----------------------------------------------------------------------------------------
static void sort(double *value, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && value[j - 1] > value[j]; j--) {
            double moved = value[j];
            value[j] = value[j - 1];
            value[j - 1] = moved;
        }
}

// Of what is known there: a seed that is no longer finite has no part in it.
static CurvePoint median_of(CurvePoint *const *seeds, int count, int i)
{
    double value[SEEDS_MOST];
    int known = 0;
    for (int seed = 0; seed < count; seed++)
        if (isfinite(seeds[seed][i].mean))
            value[known++] = seeds[seed][i].mean;
    if (known == 0)
        return (CurvePoint){NAN, NAN, NAN};
    sort(value, known);
    return (CurvePoint){value[0], value[known - 1], (value[(known - 1) / 2] + value[known / 2]) / 2};
}

static CurvePoint *lane_points(const Curves *curves, int lane, Curve curve, long last)
{
    const Session *session = curves->snapshot->session;
    int count = curve_point_count(curves, last), seeds = session->comparison.seeds;
    CurvePoint *points[SEEDS_MOST];
    for (int seed = 0; seed < seeds; seed++) {
        const Run *run = &session->runs[lane + seed * session->comparison.lanes];
        points[seed] = curve_points(curves, run->record, curve, last);
        curve_smooth(points[seed], count);
    }
    CurvePoint *median = arena_new(curves->out->arena, CurvePoint, count);
    for (int i = 0; i < count; i++)
        median[i] = median_of(points, seeds, i);
    return median;
}

// ---- curves -------------------------------------------------------------------------------------------------------
static void draw_range(const Curves *curves, Ink ink, const CurvePoint *points, int count)
{
    float step = curves->dx * (float)curves->stride, left = curves->x0 + curves->dx / 2;
    uint8_t before = draw_fade(curves->out, 0.2f);
    for (int i = 0; i < count; i++) {
        float x = left + step * (float)i, end = left + step * (float)(i + 1);
        float top = value_y(curves->values, points[i].high), bottom = value_y(curves->values, points[i].low);
        if (points[i].low < points[i].high)
            draw_rect(curves->out, ink, (Rect){x, top, end - x, bottom - top}, 0);
    }
    curves->out->alpha = before;
}

// The range is drawn by itself: here it would be a pale line in each pixel.
static void forget_range(CurvePoint *points, int count)
{
    for (int i = 0; i < count; i++)
        points[i].low = points[i].high = points[i].mean;
}

static void draw_lane(const Curves *curves, int lane, Curve curve)
{
    Ink ink = lane_ink(curves->snapshot, lane);
    int read = curve_point_count(curves, curves->read), all = curve_point_count(curves, curves->last);
    CurvePoint *points = lane_points(curves, lane, curve, curves->last);
    draw_range(curves, ink, points, read);
    forget_range(points, all);
    if (read < all) {
        int from = read > 0 ? read - 1 : 0;
        Curves behind = *curves;
        behind.x0 += curves->dx * (float)curves->stride * (float)from;
        uint8_t before = draw_fade(curves->out, 0.25f);
        curve_plot(&behind, ink, points + from, all - from, 1.5f);
        curves->out->alpha = before;
    }
    curve_plot(curves, ink, points, read, 2);
}

void curves_lanes(const Curves *curves, Curve curve)
{
    const Session *session = curves->snapshot->session;
    for (int lane = 0; lane < session->comparison.lanes; lane++)
        curves_former(curves, &session->runs[lane], curve);
    for (int lane = 0; lane < session->comparison.lanes; lane++)
        draw_lane(curves, lane, curve);
}

// ---- labels at their ends -----------------------------------------------------------------------------------------
enum { LABEL_HEIGHT = 15, LABEL_ASIDE = 6, SCALE = 44 };

typedef struct {
    Rect box;
    int lane;
    const char *name;
} EndLabel;

// In the order of the curves' ends, from the top.
static void insert_label(EndLabel *labels, int count, EndLabel label)
{
    while (count > 0 && labels[count - 1].box.y > label.box.y) {
        labels[count] = labels[count - 1];
        count--;
    }
    labels[count] = label;
}

// Labels that would cover each other stand together, around the middle of their curves' ends.
static void gather_labels(EndLabel *labels, int count)
{
    struct {
        float sum; // of where each would begin, were the labels above it in its group as high as it is
        int count;
    } groups[LANES_MOST];
    int last = -1;
    for (int i = 0; i < count; i++) {
        groups[++last].sum = labels[i].box.y - LABEL_HEIGHT * (float)i;
        groups[last].count = 1;
        while (last > 0 &&
               groups[last - 1].sum / (float)groups[last - 1].count > groups[last].sum / (float)groups[last].count) {
            groups[last - 1].sum += groups[last].sum;
            groups[last - 1].count += groups[last].count;
            last--;
        }
    }
    for (int group = 0, i = 0; group <= last; group++)
        for (int end = i + groups[group].count; i < end; i++)
            labels[i].box.y = floorf(groups[group].sum / (float)groups[group].count) + LABEL_HEIGHT * (float)i;
}

// None covers another: each is as near to its curve as the others and the field's ends let it.
static void spread_labels(EndLabel *labels, int count, Rect field)
{
    gather_labels(labels, count);
    float end = field.y;
    for (int i = 0; i < count; end = labels[i++].box.y + LABEL_HEIGHT)
        labels[i].box.y = fmaxf(labels[i].box.y, end);
    end = field.y + field.h;
    for (int i = count - 1; i >= 0; end = labels[i--].box.y)
        labels[i].box.y = fminf(labels[i].box.y, end - LABEL_HEIGHT);
}

static double last_known(const CurvePoint *points, int count)
{
    for (int i = count - 1; i >= 0; i--)
        if (isfinite(points[i].mean))
            return points[i].mean;
    return NAN;
}

static void draw_label(const Curves *curves, const EndLabel *label)
{
    uint8_t before = draw_fade(curves->out, 0.8f);
    draw_rect(curves->out, INK_CARD, label->box, 2);
    curves->out->alpha = before;
    draw_text(curves->out, lane_ink(curves->snapshot, label->lane), TYPE_STRONG, label->box.x + 2, label->box.y + 12,
              ALIGN_LEFT, label->name);
}

static bool label_of(const Curves *curves, Curve curve, int lane, Rect field, EndLabel *label)
{
    float end = curves->x0 + curves->dx * (float)curves->read + LABEL_ASIDE, right = field.x + field.w - SCALE;
    double value = last_known(lane_points(curves, lane, curve, curves->read), curve_point_count(curves, curves->read));
    label->lane = lane;
    label->name = draw_cut(curves->out, TYPE_STRONG, lane_name(curves->snapshot, lane, curves->out),
                           right - field.x - LABEL_ASIDE);
    if (value != value)
        return false;
    float width = draw_width(curves->out, TYPE_STRONG, label->name) + 4, y = floorf(value_y(curves->values, value));
    label->box = (Rect){end + width <= right ? end : right - width, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT};
    return true;
}

// Behind the curve's end where there is room, otherwise over its last part. A level that is named later keeps off them.
void curves_labels(const Curves *curves, Curve curve)
{
    Rect field = rect_inset(curves->field, 2);
    EndLabel labels[LANES_MOST], label;
    int count = 0;
    for (int lane = 0; lane < curves->snapshot->session->comparison.lanes; lane++)
        if (label_of(curves, curve, lane, field, &label))
            insert_label(labels, count++, label);
    spread_labels(labels, count, field);
    for (int i = 0; i < count; i++)
        if (labels[i].box.y >= field.y)
            draw_label(curves, &labels[i]);
}

// ---- exact values -------------------------------------------------------------------------------------------------
const char *curves_lanes_tip(const Curves *curves, Curve curve, long update)
{
    static const char *const heads[CURVES] = {"loss per scored step", "‖g‖", "‖g‖ after clipping"};
    const Session *session = curves->snapshot->session;
    DrawList *out = curves->out;
    const char *tip = draw_print(out, "update %ld, %s", update, heads[curve]);
    for (int i = 0; i < session->count && update > 0; i++) {
        char name[LANE_TEXT];
        double value;
        bool known = record_get(session->runs[i].record, curve, update, &value);
        tip = draw_print(out, "%s\n%s: %s", tip, session_name(session, i, name),
                         known ? exact_text(out, value) : "not kept");
    }
    return draw_print(out, "%s\n%s", tip, curve_source(curves, curve));
}
