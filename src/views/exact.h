#ifndef VIEWS_EXACT_H
#define VIEWS_EXACT_H

#include "ui/draw.h"

// All digits that a double has, for tips: number_exact with a true minus and short exponents, −0.1, 2.5e−7, NaN, ∞.
const char *exact_text(DrawList *out, double value);
const char *exact_range(DrawList *out, double low, double high); // "−0.1 … 2"

#endif
