#include "app/settings_rows.h"

#include "app/play.h"
#include "base/math.h"
#include "base/words.h"

#include <ctype.h>
#include <string.h>

enum { KNOB_RADIUS = 8, SLIDER_ABOVE = 5 }; // a knob's middle stays KNOB_RADIUS inside its track

static const char *tip_for(const SettingsPanel *panel, const Setting *setting)
{
    return setting->live ? setting->what
                         : draw_print(panel->out, "%s\nStarts again with the same random numbers.", setting->what);
}

// ---- a row of each kind -----------------------------------------------------------------------------------------
void row_choice(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    char text[SETTING_TEXT];
    const Setting *setting = row->setting;
    choice_row(panel->out, area, setting->name, setting->label,
               setting_show(setting, setting_get(&panel->setup, setting), text),
               draw_print(panel->out, "open choice %s", setting->name), tip_for(panel, setting));
}

// It has as many values as there are lanes.
void row_compared(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    choice_row(panel->out, area, row->setting->name, row->setting->label, "compared",
               draw_print(panel->out, "open compare %s", row->setting->name), "which values are compared");
}

void row_switch(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    const Setting *setting = row->setting;
    bool on = setting_get(&panel->setup, setting) != 0;
    switch_row(panel->out, area, setting->name, setting->label,
               draw_print(panel->out, "set %s %s", setting->name, on ? "off" : "on"), tip_for(panel, setting), on,
               INK_ACTIVE);
}

void row_slider(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    char text[SETTING_TEXT];
    const Setting *setting = row->setting;
    double value = setting_get(&panel->setup, setting);
    bool clipping = setting->group == GROUP_CLIPPING, clips = panel->setup.clip != 0;
    slider(panel->out, (Rect){area.x, area.y + SLIDER_ABOVE, area.w, SLIDER_HEIGHT - SLIDER_ABOVE},
           (Slider){.name = setting->name,
                    .label = setting->label,
                    .shown = setting_show(setting, value, text),
                    .drag = draw_print(panel->out, "set %s %%s", setting->name),
                    .tip = tip_for(panel, setting),
                    .value = value,
                    .low = setting->low,
                    .high = setting->high,
                    .logarithmic = setting->logarithmic,
                    .whole = setting->kind == KIND_WHOLE,
                    .ink = !clipping ? INK_ACTIVE
                           : clips   ? INK_CLIP
                                     : INK_FAINT});
}

// ---- a slider that can be off -----------------------------------------------------------------------------------
// FNV-1a over words of 64 bits, so that equal weights are known again.
static uint64_t number_of(const Real *w, size_t count)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ math_bits((double)w[i])) * 0x100000001B3u;
    return hash;
}

static void find_radii(const SettingsPanel *panel, const Real *w, int H, int blocks)
{
    App *app = panel->app;
    Real *scratch = arena_new(panel->out->arena, Real, 2 * H * H);
    for (int block = 0; block < blocks; block++) {
        double radius = spectral_radius(w + (size_t)block * (size_t)(H * H), H, scratch);
        app->radii_low = block == 0 || radius < app->radii_low ? radius : app->radii_low;
        app->radii_high = block == 0 || radius > app->radii_high ? radius : app->radii_high;
    }
}

// The spectral radii of the H×H blocks of W_hh as they are now, smallest and largest. False where finding them would
// take longer than a picture may: a millisecond while weights change from picture to picture, else some 70.
static bool radii_now(const SettingsPanel *panel)
{
    App *app = panel->app;
    const Program *p = &panel->run->program;
    const double most = session_working(&app->session) || app->playing ? 3e5 : 1.7e7; // H³ a block
    int tensor = program_tensor(p, "rnn.weight_hh_l0"), H = p->dims.H, blocks = p->net.cell->blocks;
    if (tensor == NONE || (double)H * H * H * blocks > most)
        return false;
    const Real *w = params_value(&panel->run->params, p, tensor);
    uint64_t number = number_of(w, (size_t)blocks * (size_t)(H * H));
    if (app->radii_of != number)
        find_radii(panel, w, H, blocks);
    app->radii_of = number;
    return true;
}

// Below the gain's track: where 1 is, between vanishing and exploding, and what the weights have now. False where that
// is not known.
static bool draw_radii(const SettingsPanel *panel, const Setting *setting, Rect area)
{
    char low_text[NUMBER_SIZE], high_text[NUMBER_SIZE];
    float baseline = area.y + area.h - 3;
    float part = (float)((1 - setting->low) / (setting->high - setting->low));
    float one = area.x + KNOB_RADIUS + (area.w - 2 * KNOB_RADIUS) * part;
    draw_text(panel->out, INK_FAINT, TYPE_CAPTION, one, baseline, ALIGN_CENTRE, "1");
    if (!radii_now(panel))
        return false;
    number_short(low_text, panel->app->radii_low);
    number_short(high_text, panel->app->radii_high);
    bool same = !strcmp(low_text, high_text);
    draw_textf(panel->out, INK_SOFT, TYPE_CAPTION, area.x + area.w, baseline, ALIGN_RIGHT, "now %s%s%s", low_text,
               same ? "" : " – ", same ? "" : high_text);
    return true;
}

// While it is off, its knob stands where the network is without it; it has none where that is not known.
void row_slider_off(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    char text[SETTING_TEXT];
    DrawList *out = panel->out;
    const Setting *setting = row->setting;
    double value = setting_get(&panel->setup, setting);
    bool off = value == SETTING_OFF, gain = !strcmp(setting->name, "gain");
    bool known = !gain || draw_radii(panel, setting, area);
    double without = gain && known ? panel->app->radii_high : 0;
    slider(out, (Rect){area.x, area.y + SLIDER_ABOVE, area.w, SLIDER_HEIGHT - SLIDER_ABOVE},
           (Slider){.name = setting->name,
                    .label = setting->label,
                    .shown = setting_show(setting, value, text),
                    .drag = draw_print(out, "set %s %%s", setting->name),
                    .tip = tip_for(panel, setting),
                    .value = off ? without : value,
                    .low = setting->low,
                    .high = setting->high,
                    .logarithmic = setting->logarithmic,
                    .ink = off ? INK_FAINT : INK_ACTIVE,
                    .hollow = off && !known});
    if (!off)
        text_button(out, TYPE_CAPTION, area.x, area.y + area.h - 3, ALIGN_LEFT,
                    (Button){.name = draw_print(out, "%s off", setting->name),
                             .text = "off",
                             .line = draw_print(out, "set %s off", setting->name),
                             .tip = "leave the weights as they were drawn",
                             .ink = INK_SOFT});
}

// ---- rows of their own ------------------------------------------------------------------------------------------
// "network", as command lines say it.
static const char *group_word(const SettingsPanel *panel, SettingGroup group)
{
    char *word = arena_print(panel->out->arena, "%s", setting_groups[group]);
    for (char *c = word; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return word;
}

void row_title(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    char *capitals = arena_print(panel->out->arena, "%s", setting_groups[row->group]);
    for (char *c = capitals; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    const char *line = draw_print(panel->out, "group %s", group_word(panel, row->group));
    fold_row(panel->out, area, line, capitals, line, !(panel->app->closed_groups >> row->group & 1u));
}

void row_rule(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    (void)row;
    draw_rect(panel->out, INK_HAIRLINE, (Rect){area.x, area.y + area.h / 2, area.w, 1.5f}, 0);
}

void row_more(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    bool more = panel->app->more_groups >> row->group & 1u;
    const char *line = draw_print(panel->out, "more %s", group_word(panel, row->group));
    text_button(panel->out, TYPE_CAPTION, area.x, area.y + 14, ALIGN_LEFT,
                (Button){.name = line,
                         .text = more ? "less ▴" : draw_print(panel->out, "%d more ▾", row->seldom),
                         .line = line,
                         .tip = more ? "hides what is seldom used" : "shows what is seldom used",
                         .ink = INK_SOFT});
}

// Clipping has a box of its own, purple as all that is clipped.
void row_clipping(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    Err err;
    DrawList *out = panel->out;
    const Setting *clip = setting_find("clip", &err), *threshold = row->setting;
    int chosen = (int)setting_get(&panel->setup, clip);
    Rect box = {area.x - BOX_OUT, area.y + 4, area.w + 2 * BOX_OUT, area.h - 8};
    draw_rect(out, INK_CLIP_PANEL, box, 8);
    draw_frame(out, INK_CLIP, box, 8, 1);
    Rect inside = {area.x + 2, box.y + 4, area.w - 4, 30};
    const Setting *compared = panel->app->session.comparison.setting;
    const SettingsRow clip_row = {.setting = clip}, threshold_row = {.setting = threshold};
    if (clip == compared)
        row_compared(panel, &clip_row, inside);
    else
        switch_row(out, inside, clip->name, chosen == CLIP_VALUE ? "clip each number" : clip->label,
                   draw_print(out, "set clip %s", clip->choice(chosen ? 0 : 1)), tip_of(out, clip->what, "toggle clip"),
                   chosen != 0, INK_CLIP);
    if (threshold && threshold == compared)
        row_compared(panel, &threshold_row, (Rect){inside.x, inside.y + 30, inside.w, inside.h});
    else if (threshold)
        row_slider(panel, &threshold_row, (Rect){inside.x, inside.y + 26, inside.w, SLIDER_HEIGHT});
}

void row_seed(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    char text[SETTING_TEXT];
    DrawList *out = panel->out;
    double value = setting_get(&panel->setup, row->setting);
    double next = value < row->setting->high ? value + 1 : row->setting->low;
    float baseline = area.y + area.h / 2 + 4.5f, right = area.x + area.w;
    draw_text(out, INK_SOFT, TYPE_BODY, area.x, baseline, ALIGN_LEFT, row->setting->label);
    draw_text(out, INK_TEXT, TYPE_STRONG, right - 20, baseline, ALIGN_RIGHT, setting_show(row->setting, value, text));
    text_button(out, TYPE_STRONG, right, baseline, ALIGN_RIGHT,
                (Button){.name = "next seed",
                         .text = "↻",
                         .line = draw_print(out, "set seed %s", setting_text(row->setting, next, text)),
                         .tip = "other random numbers: the next seed",
                         .ink = INK_TEXT});
}

void row_reset(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    enum { SHOW = 70, GAP = 8 };
    (void)row;
    DrawList *out = panel->out;
    Rect reset = {area.x, area.y + 4, area.w - SHOW - GAP, 30}, show = {area.x + area.w - SHOW, area.y + 4, SHOW, 30};
    bool shown = weights_shown(panel->app);
    button(out, reset,
           (Button){.name = "reset",
                    .text = "Reset weights",
                    .line = "restart",
                    .tip = tip_of(out, "back to update 0, with the same random numbers", "restart")});
    button(out, show,
           (Button){.name = "weights",
                    .text = "Weights",
                    .line = shown ? "view graph" : "view weights",
                    .tip = tip_of(out, "every weight, and one of them set by hand", "toggle weights"),
                    .chosen = shown,
                    .ink = INK_ACTIVE});
}

void row_broken(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    (void)row;
    DrawList *out = panel->out;
    const Broken *broken = session_broken(&panel->app->session);
    char name[BROKEN_TEXT];
    Rect box = {area.x - BOX_OUT, area.y, area.w + 2 * BOX_OUT, area.h - 8};
    draw_frame(out, INK_WARNING, box, 8, 1.5f);
    const char *where =
        broken->t ? draw_print(out, "update %ld, t = %d", broken->update, wording_t(&panel->run->setup, broken->t))
                  : draw_print(out, "update %ld", broken->update);
    const char *of = broken_run(panel->app, name), *title = *of ? "no longer finite" : "No longer finite";
    title = draw_print(out, "%s%s", of, title);
    draw_text(out, INK_WARNING, TYPE_STRONG, area.x + 2, box.y + 22, ALIGN_LEFT, title);
    draw_text(out, INK_TEXT, TYPE_BODY, area.x + 2, box.y + 42, ALIGN_LEFT, where);
    draw_text(out, INK_TEXT, TYPE_BODY, area.x + 2, box.y + 60, ALIGN_LEFT,
              draw_cut(out, TYPE_BODY, draw_print(out, "grew: %s", broken->what), area.w - 4));
    const char *line = session_ended(&panel->app->session)
                           ? "update -10"
                           : draw_print(out, "seek %ld", broken->update > 10 ? broken->update - 10 : 0);
    button(out, (Rect){area.x + 2, box.y + 72, area.w - 4, 28},
           (Button){.name = "back 10",
                    .text = session_ended(&panel->app->session) ? "Back 10 updates" : "Back before it",
                    .line = line,
                    .tip = tip_of(out, "before it grew", line)});
}

void row_now(const SettingsPanel *panel, const SettingsRow *row, Rect area)
{
    (void)row;
    now_draw(panel->app, area, panel->out);
}
