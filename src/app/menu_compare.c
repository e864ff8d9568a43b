#include <stdlib.h>
#include <string.h>

#include "app/menu.h"
#include "app/screen.h"
#include "base/words.h"
#include "sim/choices.h"

// ---- what can be compared ---------------------------------------------------------------------------------------
void menu_compare(const App *app, Menu *menu, DrawList *out)
{
    const Comparison *comparison = &app->session.comparison;
    Setup shared = session_setup(&app->session);
    Err err;
    menu->title = "COMPARE";
    if (lanes_shown(app))
        menu_add(menu, (Item){.text = "One network again", .line = "compare off"});
    menu_add(menu, (Item){.text = "RNN, LSTM and GRU", .line = "compare cells", .tip = "three cells on the same data"});
    for (const Setting *setting = settings; setting->name; setting++)
        if (comparison_suits(setting, &shared, &err))
            menu_add(menu, (Item){.text = draw_print(out, "%s \u2026", setting->label),
                                  .line = draw_print(out, "open compare %s", setting->name),
                                  .tip = setting->what,
                                  .chosen = setting == comparison->setting});
}

// ---- the values of a setting ------------------------------------------------------------------------------------
enum { VALUES_MOST = 32 };

typedef struct {
    const Setting *setting;
    double value[VALUES_MOST];
    int count;
} Values;

static bool holds(const double *value, int count, double sought)
{
    for (int i = 0; i < count; i++)
        if (value[i] == sought)
            return true;
    return false;
}

// What the network cannot have is not offered.
static void offer(Values *values, const Setup *shared, double value)
{
    Setup setup = *shared;
    Err err;
    setting_put(&setup, values->setting, value);
    bool gate = values->setting->at != offsetof(Setup, freeze) || value == 0 ||
                freeze_slot((int)value, cell_types[setup.cell]) != NONE;
    if (gate && setup_check(&setup, &err) && values->count < VALUES_MOST && !holds(values->value, values->count, value))
        values->value[values->count++] = value;
}

static void offer_words(Values *values, const Setup *shared, const char *text)
{
    char word[SETTING_TEXT];
    double value;
    Err err;
    for (; *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        memcpy(word, text, length);
        word[length] = 0;
        text += length;
        if (setting_read(values->setting, word, &value, &err))
            offer(values, shared, value);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Those worth comparing, the one that the network has, and those that are compared, from the least to the largest.
static Values list_values(const Setting *setting, const Setup *shared, const Comparison *comparison)
{
    Values values = {.setting = setting};
    for (int i = 0; setting->choice && setting->choice(i); i++)
        offer(&values, shared, i);
    for (int i = 0; setting->kind == KIND_SWITCH && i < 2; i++)
        offer(&values, shared, i);
    if (setting->worth)
        offer_words(&values, shared, setting->worth);
    offer(&values, shared, setting_get(shared, setting));
    for (int i = 0; comparison->setting == setting && i < comparison->lanes; i++)
        offer(&values, shared, comparison->value[i]);
    qsort(values.value, (size_t)values.count, sizeof *values.value, by_value);
    return values;
}

// What is compared once a value has been pressed: it comes in, or goes out where it is in. Of one network there is
// nothing to compare: it goes on alone.
static const char *line_of(const Values *values, const double *present, int count, double pressed, DrawList *out)
{
    char text[SETTING_TEXT];
    const Setting *setting = values->setting;
    const char *line = draw_print(out, "compare %s", setting->name), *alone = NULL;
    int lanes = 0;
    for (int i = 0; i < values->count; i++) {
        double value = values->value[i];
        if (holds(present, count, value) == (value == pressed))
            continue;
        line = draw_print(out, "%s %s", line, setting_text(setting, value, text));
        alone = draw_print(out, "set %s %s", setting->name, text);
        lanes++;
    }
    if (lanes > LANES_MOST || lanes == 0)
        return draw_print(out, "open compare %s", setting->name);
    return lanes == 1 ? alone : line;
}

void menu_compare_values(const App *app, const char *name, Menu *menu, DrawList *out)
{
    const Comparison *comparison = &app->session.comparison;
    Setup shared = session_setup(&app->session);
    const Setting *setting = setting_find(name, &(Err){0});
    Values values = list_values(setting, &shared, comparison);
    bool compared = setting == comparison->setting;
    double own = setting_get(&shared, setting);
    const double *present = compared ? comparison->value : &own;
    int count = compared ? comparison->lanes : 1;
    menu->title = draw_print(out, "%s: 2 to %d values", setting->label, LANES_MOST);
    for (int i = 0; i < values.count; i++) {
        char text[SETTING_TEXT];
        bool chosen = holds(present, count, values.value[i]);
        bool full = !chosen && count == LANES_MOST;
        menu_add(menu, (Item){.name = draw_print(out, "compare value %d", i),
                              .text = draw_print(out, "%s", setting_show(setting, values.value[i], text)),
                              .line = line_of(&values, present, count, values.value[i], out),
                              .tip = full     ? "there are as many lanes as have room: take one out first"
                                     : chosen ? "a press takes it out"
                                              : "a press gives it a lane",
                              .chosen = chosen});
    }
    menu_add(menu, (Item){.text = "Something else \u2026", .line = "open compare"});
}
