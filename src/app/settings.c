#include "app/settings_rows.h"

#include <string.h>

// The settings panel, made from the table of settings: first the list of rows is written, each with its height, so that
// the panel knows how far it can be scrolled; then they are drawn.
enum { PADDING = 20, ABOVE_ROWS = 12 };

// Settings that have a control of their own: on the top bar, or in a row below the others.
static const char *const elsewhere[] = {"task", "cell", "speed", "pace", "seed", "clip", "threshold", NULL};

static bool is_elsewhere(const Setting *setting)
{
    int i = 0;
    while (elsewhere[i] && strcmp(elsewhere[i], setting->name))
        i++;
    return elsewhere[i] != NULL;
}

// ---- the list of rows -------------------------------------------------------------------------------------------
static void put(SettingsPanel *panel, SettingsRow row)
{
    if (panel->count < SETTINGS_ROWS_MOST)
        panel->rows[panel->count++] = row;
}

static void put_setting(SettingsPanel *panel, const Setting *setting)
{
    SettingsRow row = {.setting = setting, .group = setting->group, .draw = row_slider, .height = SLIDER_HEIGHT};
    if (setting == panel->app->session.comparison.setting) {
        row.draw = row_compared;
        row.height = LINE_HEIGHT;
    } else if (setting->can_be_off) {
        bool off = setting_get(&panel->setup, setting) == SETTING_OFF;
        row.draw = row_slider_off;
        row.height += off && strcmp(setting->name, "gain") != 0 ? 0 : MARKS_HEIGHT;
    } else if (setting->kind == KIND_CHOICE || setting->kind == KIND_SWITCH) {
        row.draw = setting->kind == KIND_CHOICE ? row_choice : row_switch;
        row.height = LINE_HEIGHT;
    }
    put(panel, row);
}

// To some of the networks that are compared.
static bool applies(const SettingsPanel *panel, const Setting *setting)
{
    const Session *session = &panel->app->session;
    for (int lane = 0; lane < session->comparison.lanes; lane++)
        if (!setting->applies || setting->applies(&session->runs[lane].setup))
            return true;
    return false;
}

static bool in_group(const SettingsPanel *panel, const Setting *setting, SettingGroup group)
{
    return setting->group == group && !is_elsewhere(setting) && applies(panel, setting);
}

static void put_group(SettingsPanel *panel, SettingGroup group)
{
    bool more = panel->app->more_groups >> group & 1u, closed = panel->app->closed_groups >> group & 1u;
    int there = 0, hidden = 0;
    for (const Setting *s = settings; s->name; s++)
        there += in_group(panel, s, group);
    if (there == 0)
        return;
    put(panel, (SettingsRow){.draw = row_title, .height = 26, .group = group});
    for (const Setting *s = settings; s->name && !closed; s++) {
        if (!in_group(panel, s, group))
            continue;
        if (s->basic || more)
            put_setting(panel, s);
        hidden += !s->basic;
    }
    if (hidden > 0)
        put(panel, (SettingsRow){.draw = row_more, .height = 22, .group = group, .seldom = hidden});
}

static void put_clipping(SettingsPanel *panel)
{
    Err err;
    const Setting *threshold = setting_find("threshold", &err);
    bool clips = applies(panel, threshold);
    put(panel, (SettingsRow){.draw = row_clipping,
                             .height = clips ? 46 + SLIDER_HEIGHT : 46,
                             .setting = clips ? threshold : NULL,
                             .group = GROUP_CLIPPING});
}

static void put_rows(SettingsPanel *panel)
{
    Err err;
    const SettingsRow rule = {.draw = row_rule, .height = 14};
    put_group(panel, GROUP_NETWORK);
    put(panel, rule);
    put_group(panel, GROUP_TRAINING);
    put_clipping(panel);
    put_group(panel, GROUP_PLAYBACK);
    put(panel, (SettingsRow){.draw = row_seed, .height = 34, .setting = setting_find("seed", &err)});
    put(panel, (SettingsRow){.draw = row_reset, .height = 40});
    put(panel, rule);
    if (session_broken(&panel->app->session))
        put(panel, (SettingsRow){.draw = row_broken, .height = 116});
    put(panel, (SettingsRow){.draw = row_now, .height = NOW_HEIGHT});
    put(panel, rule);
    put_group(panel, GROUP_DISPLAY); // last: seldom wanted, and what happens now must be seen
}

// ---- the panel --------------------------------------------------------------------------------------------------
void settings_draw(App *app, Rect area, DrawList *out)
{
    SettingsPanel *panel = arena_new(out->arena, SettingsPanel, 1);
    *panel =
        (SettingsPanel){.app = app, .run = &app->session.runs[0], .setup = session_setup(&app->session), .out = out};
    put_rows(panel);

    float height = 2 * ABOVE_ROWS;
    for (int i = 0; i < panel->count; i++)
        height += panel->rows[i].height;
    float scroll = scroll_within(&app->hands.panel_scroll, &app->hands.panel_scroll_most, height - area.h);
    draw_rect(out, INK_PANEL, area, 0);
    draw_rect(out, INK_HAIRLINE, (Rect){area.x + area.w - 1, area.y, 1, area.h}, 0);
    draw_clip(out, area);
    float y = area.y + ABOVE_ROWS - scroll;
    for (int i = 0; i < panel->count; i++) { // those out of sight too: the keyboard reaches them
        const SettingsRow *row = &panel->rows[i];
        row->draw(panel, row, (Rect){area.x + PADDING, y, area.w - 2 * PADDING, row->height});
        y += row->height;
    }
    draw_unclip(out);
    scrollbar_draw(area, scroll, height, out);
    scroll_to_focus(app, area, &app->hands.panel_scroll, out);
}
