#include "ui/axis.h"

TimeAxis axis_fit(int first, int last, float x, float width)
{
    return (TimeAxis){.first = first, .last = last, .x0 = x, .dx = width / (float)(last - first + 1)};
}

float axis_left(TimeAxis axis, int t)
{
    return axis.x0 + axis.dx * (float)(t - axis.first);
}

float axis_centre(TimeAxis axis, int t)
{
    return axis.x0 + axis.dx * ((float)(t - axis.first) + 0.5f);
}

int axis_at(TimeAxis axis, float x)
{
    float columns = (x - axis.x0) / axis.dx;
    bool inside = columns >= 0 && columns < (float)(axis.last - axis.first + 1);
    return inside ? axis.first + (int)columns : 0;
}

bool axis_shows(TimeAxis axis, int t)
{
    return axis.first <= t && t <= axis.last;
}

// ---- which time steps are labelled ------------------------------------------
// The label 1 stands one column nearer to the first multiple than multiples stand to each other (1 5 10 15), and the
// last stands anywhere. They are shown where they keep this many columns from their neighbours.
static int least_apart(int every)
{
    return every - every / 5;
}

int axis_label_every(TimeAxis axis, float label_width)
{
    static const int steps[] = {1, 2, 5};
    int columns = axis.last - axis.first + 1;
    for (int power = 1;; power *= 10) {
        for (int i = 0; i < 3; i++) {
            int every = steps[i] * power;
            if ((float)least_apart(every) * axis.dx >= label_width || every / 2 > columns)
                return every;
        }
    }
}

static bool is_regular(TimeAxis axis, int t, int every)
{
    if (axis.from_zero)
        return (t - 1) % every == 0;
    return t == 1 || (t % every == 0 && t - 1 >= least_apart(every));
}

// The regular label before t; where there is none, a column far enough away.
static int regular_before(TimeAxis axis, int t, int every)
{
    int before = t - 1;
    while (before >= axis.first && !is_regular(axis, before, every))
        before--;
    return before >= axis.first ? before : t - every;
}

bool axis_labels(TimeAxis axis, int t, int every)
{
    if (!axis_shows(axis, t))
        return false;
    if (is_regular(axis, t, every))
        return true;
    return t == axis.last && t - regular_before(axis, t, every) >= least_apart(every);
}

// ---- how much of a column there is -------------------------------------------
ColumnClass axis_class(TimeAxis axis)
{
    static const float least[] = {[COLUMN_WIDE] = 34, [COLUMN_MIDDLE] = 9, [COLUMN_NARROW] = 1};
    for (int wide = COLUMN_WIDE; wide < COLUMN_DENSE; wide++)
        if (axis.dx >= least[wide])
            return (ColumnClass)wide;
    return COLUMN_DENSE;
}
