#ifndef VIEWS_GAUGE_H
#define VIEWS_GAUGE_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// The parts of the clip gauge; only view_clip.c and gauge_hots.c know them.
enum {
    GAUGE_FOOT = 16,      // px, for the numbers of the scale
    GAUGE_PER_DECADE = 8, // bins
    GAUGE_BINS = 7 * GAUGE_PER_DECADE
};
static const double GAUGE_LN_10 = 2.302585092994045684;

typedef struct {
    const Snapshot *snapshot;
    DrawList *out;
    Rect field;
    double low, high; // powers of ten
    int bins;
    long first, last; // updates
    bool threshold;   // it is one of the norms, with a line to drag
    Rect shown;       // its words
} Gauge;

// Of the norms of these updates; what is less than all bins is in the first, and what is more in the last.
typedef struct {
    int all[GAUGE_BINS], above[GAUGE_BINS]; // updates; of these, with a norm above θ as it is now, where there is
                                            // clipping; by value those that were clipped
    int clipped[GAUGE_BINS];                // of these, clipped with θ as it was then
    int count, most, above_count, clipped_count;
} Histogram;

static inline double gauge_percent(int part, int of)
{
    return of > 0 ? 100.0 * part / of : 0;
}

// Clipping by value limits single numbers: its threshold is no length, and stands nowhere among them.
static inline bool gauge_limits_norm(const Run *run)
{
    return run->setup.clip != CLIP_VALUE;
}

float gauge_x(const Gauge *gauge, double norm);
bool gauge_cosine_known(const Run *run); // between the gradient of this update and what clipping makes of it

// What can be pointed at: a bar, the words over the bars, and the threshold. Wherever it is not words, the threshold
// can be dragged.
void gauge_bars_hot(const Gauge *gauge, int lane, const Run *run, const Histogram *histogram, Rect bars);
void gauge_words_hot(const Gauge *gauge, int lane, const Run *run, const Histogram *histogram, Rect words);
void gauge_threshold_hots(const Gauge *gauge);

#endif
