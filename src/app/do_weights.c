#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/screen.h"
#include "views/views.h"

bool weights_shown(const App *app)
{
    return app->view == view_index("weights");
}

// ---- setting one ----------------------------------------------------------------------------------------------
bool do_weight(App *app, const Words *words, Err *err)
{
    return session_set_weight(&app->session, words->word[1], argument_whole(words, 2), argument_whole(words, 3),
                              argument_real(words, 4), err);
}

// ---- choosing one ---------------------------------------------------------------------------------------------
static const Program *program_of(const App *app)
{
    return &app->session.runs[app->lane].program;
}

// Of another network: the weight chosen there has the same name where it has one.
bool do_lane(App *app, const Words *words, Err *err)
{
    const long lane = argument_whole(words, 1);
    const int lanes = app->session.comparison.lanes;
    if (lane > lanes)
        return refuse(err, lanes == 1 ? "one network is trained, there is lane 1 only" : "there are lanes 1 to %d",
                      lanes);
    WeightPlace place = {NONE, 0, 0};
    if (app->weight != NONE)
        place = weight_place(program_of(app), (size_t)app->weight);
    const char *tensor = place.tensor == NONE ? "" : program_of(app)->tensors[place.tensor].name;
    app->lane = (int)lane - 1;
    Err none;
    bool there = place.tensor != NONE && weight_find(program_of(app), tensor, place.row, place.column, &place, &none);
    app->weight = there ? (long)weight_index(program_of(app), place) : NONE;
    return true;
}

static int within(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

// Beyond the last column comes the tensor to the right, as the maps stand beside each other.
static WeightPlace beside(const Program *program, WeightPlace place, int rows, int columns)
{
    const Tensor *tensor = &program->tensors[place.tensor];
    int column = place.column + columns, row = within(place.row + rows, tensor->rows);
    int other = place.tensor + (column < 1 ? -1 : column > tensor->columns ? 1 : 0);
    if (other == place.tensor)
        return (WeightPlace){other, row, column};
    if (other < 0 || other >= program->tensor_count)
        return place;
    tensor = &program->tensors[other];
    return (WeightPlace){other, within(row, tensor->rows), columns < 0 ? tensor->columns : 1};
}

// The first time, the first weight there is.
static bool choose_by_name(App *app, const char *name)
{
    static const struct {
        const char *name;
        int rows, columns;
    } ways[] = {{"left", 0, -1}, {"right", 0, 1}, {"up", -1, 0}, {"down", 1, 0}};
    const Program *program = program_of(app);
    if (strcmp(name, "none") == 0) {
        app->weight = NONE;
        return true;
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0) {
            WeightPlace place = app->weight == NONE ? (WeightPlace){0, 1, 1}
                                                    : beside(program, weight_place(program, (size_t)app->weight),
                                                             ways[i].rows, ways[i].columns);
            app->weight = (long)weight_index(program, place);
            return true;
        }
    return false;
}

// A tensor alone: its first weight, or the one chosen in it.
static bool choose_tensor(App *app, const char *name, Err *err)
{
    const Program *program = program_of(app);
    WeightPlace place;
    if (!weight_find(program, name, 1, 1, &place, err))
        return false;
    if (app->weight == NONE || weight_place(program, (size_t)app->weight).tensor != place.tensor)
        app->weight = (long)weight_index(program, place);
    return true;
}

bool do_choose(App *app, const Words *words, Err *err)
{
    const char *name = words->word[1];
    WeightPlace place;
    if (words->count == 3)
        return refuse(err, "choose takes a row and a column");
    if (words->count == 2)
        return choose_by_name(app, name) || choose_tensor(app, name, err);
    if (!weight_find(program_of(app), name, argument_whole(words, 2), argument_whole(words, 3), &place, err))
        return false;
    app->weight = (long)weight_index(program_of(app), place);
    return true;
}
