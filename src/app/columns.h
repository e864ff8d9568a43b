#ifndef APP_COLUMNS_H
#define APP_COLUMNS_H

#include "app/app.h"

// The time steps that are shown, 1 ≤ first ≤ last ≤ T, and how `axis`, the wheel and the keys change them.
typedef struct {
    int first, last;
} Columns;

Columns columns_shown(const App *app);
Columns columns_zoomed(const App *app, double by, double part); // by < 1: nearer; what is at part 0 … 1 stays there
Columns columns_from(const App *app, long first);               // as many as now, pushed inside

#endif
