#include "views/views.h"

#include <string.h>

extern const View view_graph, view_hidden, view_gates, view_gradient, view_loss, view_norm, view_program,
    view_inspector, view_cell, view_slices, view_weights, view_lane, view_clip, view_backward;

const View *const views[] = {
    &view_graph,   &view_hidden,  &view_gates,     &view_gradient, &view_loss,
    &view_norm,    &view_program, &view_inspector, &view_cell,     &view_slices,
    &view_weights, &view_lane,    &view_clip,      &view_backward, NULL,
};

int view_index(const char *name)
{
    for (int i = 0; views[i]; i++)
        if (strcmp(views[i]->name, name) == 0)
            return i;
    return -1;
}

bool view_applies(const View *view, const Snapshot *snapshot)
{
    return !view->applies || view->applies(snapshot);
}
