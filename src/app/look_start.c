#include <string.h>

#include "app/do.h"

// What is shown at the start, and again after a reset.
void look_start(App *app)
{
    app->stride = STRIDE_STEP;
    app->grain = GRAIN_STEP;
    app->show_b = 0;
    app->selected_t = app->selected_unit = 0;
    app->layer = app->lane = 0;
    app->reverse = app->gradient_of_memory = app->linear = app->bars_said = app->folded = app->slices = false;
    app->gauge = false;
    app->view = NONE;
    app->pin_count = 0;
    strcpy(app->quantity, "h");
    app->axis_first = app->axis_last = 0;
    app->weight = NONE;
}
