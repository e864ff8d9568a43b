#include "views/curves.h"

#include <math.h>
#include <string.h>

enum {
    TITLE_HEIGHT = 18,
    LEAST_UPDATES = 24, // the field is so many updates wide from the start
    MEAN_POINTS = 12,   // in a running mean
};

static const Ink run_inks[] = {INK_RUN_RNN, INK_RUN_LSTM, INK_RUN_GRU};

Ink curves_run_ink(const Run *run)
{
    int cell = run->setup.cell, count = sizeof run_inks / sizeof *run_inks;
    return cell < count ? run_inks[cell] : INK_RUN_OTHER;
}

// ---- scales -----------------------------------------------------------------------------------------------------
static long updates_read(const Run *run)
{
    bool whole = run->at.update == 0 || run->at.op == run_last_op(run);
    long read = whole ? run->at.update : run->at.update - 1;
    return read < record_last(run->record) ? read : record_last(run->record);
}

// As many updates a point as keep points at least a pixel apart: a power of two, so that a point once made stays the
// same while more follow, and whole blocks of the record are joined as such.
static long stride_for(long updates, float pixels)
{
    long stride = 1;
    while ((float)updates / (float)stride > pixels)
        stride *= 2;
    return stride;
}

static void widen(double value, double *low, double *high)
{
    *low = fmin(*low, value);
    *high = fmax(*high, value);
}

// A zero has no logarithm; what is so small is drawn at the bottom.
#define LEAST_SHOWN 1e-8

static int run_count(const Snapshot *snapshot)
{
    return snapshot->session ? snapshot->session->count : 1;
}

static bool rests(const Snapshot *snapshot, int run)
{
    return snapshot->session && session_rests(snapshot->session, run);
}

static const Run *run_of(const Snapshot *snapshot, int run)
{
    return snapshot->session ? &snapshot->session->runs[run] : snapshot->run;
}

const Run *curves_lead(const Snapshot *snapshot)
{
    return snapshot->session ? session_lead(snapshot->session) : snapshot->run;
}

static long last_of(const Snapshot *snapshot)
{
    long last = 0;
    for (int i = 0; i < run_count(snapshot); i++) {
        const long of_run = record_last(run_of(snapshot, i)->record);
        last = of_run > last ? of_run : last;
    }
    return last;
}

bool curves_has_former(const Snapshot *snapshot, const Run *run)
{
    return snapshot->former && run->former && record_last(run->former) > run->former_from;
}

static long end_of(const Snapshot *snapshot)
{
    long end = last_of(snapshot);
    for (int i = 0; i < run_count(snapshot); i++) {
        const Run *run = run_of(snapshot, i);
        if (curves_has_former(snapshot, run) && record_last(run->former) > end)
            end = record_last(run->former);
    }
    return end;
}

static void widen_by(const Record *record, Curve curve, long first, double most, double *low, double *high)
{
    Span span;
    if (record_last(record) < first || !record_span(record, curve, first, record_last(record), &span))
        return;
    widen(fmin(span.low, most), low, high);
    widen(fmin(span.high, most), low, high);
}

static void widen_by_runs(const Curves *curves, CurvesLook look, bool resting, double most, double *low, double *high)
{
    for (int i = 0; i < run_count(curves->snapshot); i++) {
        const Run *run = run_of(curves->snapshot, i);
        if (rests(curves->snapshot, i) != resting)
            continue;
        for (int c = 0; c < look.count; c++)
            widen_by(run->record, look.curve[c], 1, most, low, high);
        if (curves_has_former(curves->snapshot, run))
            widen_by(run->former, look.curve[0], run->former_from + 1, most, low, high);
    }
}

// With some air, so that nothing lies on the frame. A run that rests went to where no number is: its curve leaves the
// picture, so that those of the others can be read.
static ValueAxis values_of(const Curves *curves, CurvesLook look)
{
    const double beyond = 1e4;
    double low = INFINITY, high = -INFINITY;
    widen_by_runs(curves, look, false, INFINITY, &low, &high);
    widen_by_runs(curves, look, true, beyond * high, &low, &high);
    bool logarithmic = look.logarithmic || high > 10 * low;
    if (look.level > 0) { // with something above it, so that it is no edge
        widen(look.level, &low, &high);
        widen(look.level * (logarithmic ? 1.5 : 1.02), &low, &high);
    }
    if (logarithmic) {
        low = fmax(low / 1.1, LEAST_SHOWN);
        high = fmax(high * 1.1, LEAST_SHOWN);
        value_bounds_log(&low, &high);
    } else {
        double air = 0.04 * (high - low);
        low -= air;
        high += air;
        value_bounds(&low, &high);
    }
    return (ValueAxis){curves->field, low, high, logarithmic};
}

// Where there is no room, without what follows a comma.
static const char *fitting(DrawList *out, const char *title, float width)
{
    const int length = (int)strcspn(title, ",");
    if (draw_width(out, TYPE_SECTION, title) > width)
        title = draw_print(out, "%.*s", length, title);
    return draw_cut(out, TYPE_SECTION, title, width);
}

static void draw_field(Curves *curves, const char *title, float aside, Rect area)
{
    DrawList *out = curves->out;
    Rect *line = &curves->title;
    *line = (Rect){area.x, area.y, area.w - CURVES_SCALE - aside, TITLE_HEIGHT};
    title = fitting(out, title, line->w);
    draw_text(out, INK_FAINT, TYPE_SECTION, line->x, line->y + 10, ALIGN_LEFT, title);
    rect_cut_left(line, fminf(draw_width(out, TYPE_SECTION, title), line->w));
    draw_rect(out, INK_CARD, curves->field, 0);
}

bool curves_begin(const Snapshot *snapshot, Rect area, CurvesLook look, Curves *curves, DrawList *out)
{
    Rect field = area;
    rect_cut_top(&field, TITLE_HEIGHT);
    rect_cut_bottom(&field, look.below);
    field = rect_inset(field, 0.5f);
    *curves = (Curves){.snapshot = snapshot, .out = out, .field = field, .last = last_of(snapshot)};
    draw_field(curves, look.title, look.aside, area);
    curves->end = end_of(snapshot);
    if (curves->last == 0) {
        draw_frame(out, INK_HAIRLINE, field, 0, 1);
        draw_text(out, INK_FAINT, TYPE_BODY, field.x + field.w / 2, field.y + field.h / 2 + 5, ALIGN_CENTRE,
                  draw_cut(out, TYPE_BODY, "comes with the first update", field.w - 8));
        return false;
    }
    long updates = curves->end < LEAST_UPDATES ? LEAST_UPDATES : curves->end;
    curves->read = updates_read(curves_lead(snapshot));
    curves->x0 = field.x;
    curves->dx = (field.w - CURVES_SCALE) / (float)updates;
    curves->stride = stride_for(updates, field.w - CURVES_SCALE);
    curves->values = values_of(curves, look);
    value_grid(out, curves->values, true);
    draw_frame(out, INK_HAIRLINE, field, 0, 1);
    curves->first = out->count;
    return true;
}

// ---- a curve ----------------------------------------------------------------------------------------------------
static CurvePoint point_of(const Record *record, Curve curve, long first, long last)
{
    Span span;
    if (first > last || !record_span(record, curve, first, last, &span))
        return (CurvePoint){NAN, NAN, NAN};
    return (CurvePoint){span.low, span.high, span.mean};
}

int curve_point_count(const Curves *curves, long last)
{
    return (int)((last + curves->stride - 1) / curves->stride);
}

CurvePoint *curve_points(const Curves *curves, const Record *record, Curve curve, long last)
{
    int count = curve_point_count(curves, last);
    CurvePoint *points = arena_new(curves->out->arena, CurvePoint, count);
    for (int i = 0; i < count; i++) {
        long first = 1 + i * curves->stride, end = first + curves->stride - 1;
        points[i] = point_of(record, curve, first, end < last ? end : last);
    }
    return points;
}

static double mean_of(const CurvePoint *points, int last)
{
    double sum = 0;
    int known = 0;
    for (int j = last; j >= 0 && j > last - MEAN_POINTS; j--)
        if (isfinite(points[j].mean)) {
            sum += points[j].mean;
            known++;
        }
    return known && isfinite(points[last].mean) ? sum / known : NAN;
}

// From the last on, for each needs those before it as they were.
void curve_smooth(CurvePoint *points, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        double mean = mean_of(points, i);
        points[i] = (CurvePoint){mean, mean, mean};
    }
}

// A point stands in the middle of the updates that it joins.
void curve_plot(const Curves *curves, Ink ink, const CurvePoint *points, int count, float width)
{
    float step = curves->dx * (float)curves->stride;
    plot_curve(curves->out, ink, curves->values, points, count,
               curves->x0 + curves->dx * (float)(curves->stride + 1) / 2, step, width);
}

// What lies behind the reader: it begins at the point that the curve before it ends with.
static void plot_ghost(const Curves *curves, Ink ink, CurvePoint *points, int count)
{
    for (int i = 0; i < curve_point_count(curves, curves->read) - 1; i++)
        points[i].mean = NAN;
    uint8_t before = draw_fade(curves->out, 0.25f);
    curve_plot(curves, ink, points, count, 1.5f);
    curves->out->alpha = before;
}

// In grey: it is no run that is trained now. It begins at the point where both are the same.
void curves_former(const Curves *curves, const Run *run, Curve curve)
{
    if (!curves_has_former(curves->snapshot, run))
        return;
    long last = record_last(run->former);
    int count = curve_point_count(curves, last), from = curve_point_count(curves, run->former_from);
    CurvePoint *points = curve_points(curves, run->former, curve, last);
    curve_smooth(points, count);
    for (int i = 0; i < from - 1; i++)
        points[i].mean = NAN;
    curve_plot(curves, INK_FAINT, points, count, 1.5f);
}

void curves_line(const Curves *curves, Curve curve, Ink ink, float width)
{
    curves_former(curves, curves->snapshot->run, curve);
    const Record *record = curves->snapshot->run->record;
    int count = curve_point_count(curves, curves->read);
    if (curves->read < curves->last)
        plot_ghost(curves, ink, curve_points(curves, record, curve, curves->last),
                   curve_point_count(curves, curves->last));
    CurvePoint *points = curve_points(curves, record, curve, curves->read);
    uint8_t before = draw_fade(curves->out, 0.45f);
    curve_plot(curves, ink, points, count, 1);
    curves->out->alpha = before;
    curve_smooth(points, count);
    curve_plot(curves, ink, points, count, width);
}

static bool is_below(const CurvePoint *points, const CurvePoint *than, int i, int count)
{
    const double rounding = 1e-9;
    return i >= 0 && i < count && points[i].mean < than[i].mean * (1 - rounding);
}

// Where the two part and where they meet again they are still the same: a point more at either side.
static CurvePoint *parted(const Curves *curves, const CurvePoint *points, const CurvePoint *than, int count)
{
    CurvePoint *below = arena_new(curves->out->arena, CurvePoint, count);
    for (int i = 0; i < count; i++) {
        bool here = is_below(points, than, i, count) || is_below(points, than, i - 1, count);
        below[i] = here || is_below(points, than, i + 1, count) ? points[i] : (CurvePoint){NAN, NAN, NAN};
    }
    return below;
}

void curves_below(const Curves *curves, Curve curve, Curve than, Ink ink, float width)
{
    const Record *record = curves->snapshot->run->record;
    int count = curve_point_count(curves, curves->last);
    CurvePoint *points = curve_points(curves, record, curve, curves->last);
    CurvePoint *other = curve_points(curves, record, than, curves->last);
    if (curves->read < curves->last)
        plot_ghost(curves, ink, parted(curves, points, other, count), count);
    count = curve_point_count(curves, curves->read);
    points = curve_points(curves, record, curve, curves->read);
    other = curve_points(curves, record, than, curves->read);
    curve_smooth(points, count);
    curve_smooth(other, count);
    curve_plot(curves, ink, parted(curves, points, other, count), count, width);
}
