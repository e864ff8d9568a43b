#include "app/topbar.h"

// In the middle of the bar: what moves through training.
static const Measure STRIDE_WIDTH = {78, 92}, SPEED_WIDTH = {32, 84}, PLAY_WIDTH = {42, 49};

enum { BUTTON_GAP = 2, SPEED_TEXT = 46 };
static const char *const stride_words[STRIDES] = {"operation", "time step", "update"};

typedef struct {
    const char *name, *what;
    const char *line;
    bool by_stride;
    Sign sign;
} Step;

// clang-format off
static const Step steps_back[] = {
    { "update back",    "back an update",    "update -1", false, SIGN_FIRST },
    { "back",           "back one",          "go -1",     true,  SIGN_BACK },
};
static const Step steps_on[] = {
    { "forward",        "on one",            "go 1",      true,  SIGN_NEXT },
    { "update forward", "on an update",      "update 1",  false, SIGN_LAST },
};
// clang-format on

static void draw_steps(const Bar *bar, const Step steps[2], float *x)
{
    DrawList *out = bar->out;
    Stride stride = bar->app->stride;
    for (int i = 0; i < 2; i++) {
        const char *line = steps[i].line;
        const char *what =
            steps[i].by_stride ? draw_print(out, "%s %s", steps[i].what, stride_words[stride]) : steps[i].what;
        button_sign(out, topbar_take(bar, x, topbar_measure(bar, TOPBAR_SMALL), BUTTON_GAP),
                    (Button){.name = steps[i].name,
                             .line = line,
                             .tip = tip_of(out, draw_print(out, "%s; hold it down to go on", what), line),
                             .repeats = true},
                    steps[i].sign);
    }
}

#define SPEED_LEAST 0.1 // on the slider: an update in ten seconds, through all its time steps

static void draw_play(const Bar *bar, float *x)
{
    bool playing = bar->app->playing;
    const char *line = playing ? "pause" : "play";
    button_sign(bar->out, topbar_take(bar, x, topbar_measure(bar, PLAY_WIDTH), BUTTON_GAP),
                (Button){.name = "play",
                         .line = line,
                         .tip = tip_of(bar->out, playing ? "pause" : "train", line),
                         .chosen = true,
                         .ink = INK_ACTIVE},
                playing ? SIGN_PAUSE : SIGN_PLAY);
}

// It stays where it is while it plays, so that one can go over from the other speed.
static void draw_slow(const Bar *bar, float *x)
{
    bool slow = bar->app->playing && bar->app->slow;
    button_sign(
        bar->out, topbar_take(bar, x, topbar_measure(bar, TOPBAR_SMALL), BUTTON_GAP),
        (Button){.name = "slow",
                 .line = slow ? "pause" : "slow step",
                 .tip = tip_of(bar->out, slow ? "pause" : "play slowly, a time step after another", "toggle slow"),
                 .chosen = slow,
                 .ink = INK_ACTIVE},
        SIGN_SLOW);
}

static void draw_stride(const Bar *bar, float *x)
{
    DrawList *out = bar->out;
    Rect area = topbar_take(bar, x, topbar_measure(bar, STRIDE_WIDTH), 0);
    uint32_t id = hot_id("stride");
    draw_text(out, INK_SOFT, TYPE_CAPTION, area.x, area.y + 11, ALIGN_LEFT, "step");
    draw_textf(out, out->hover == id ? INK_SOFT : INK_TEXT, TYPE_STRONG, area.x, area.y + 27, ALIGN_LEFT, "%s ▾",
               stride_words[bar->app->stride]);
    focus_ring(out, id, area);
    draw_hot(out, (Hot){.id = id,
                        .area = area,
                        .press = "open choice stride",
                        .tip = "how far the step buttons and arrow keys go",
                        .pointed = {0, NONE, NONE},
                        .focusable = true});
}

// While it plays slowly the speed is another setting.
static Slider speed_slider(const Bar *bar, const Setting *setting, double value)
{
    bool slow = bar->app->playing && bar->app->slow, full = value <= 0;
    return (Slider){.name = "speed",
                    .drag = draw_print(bar->out, "set %s %%s", setting->name),
                    .tip = slow ? "time steps or operations a second while playing slowly"
                                : "updates a second while playing",
                    .value = full ? setting->high : value,
                    .low = slow ? setting->low : SPEED_LEAST,
                    .high = setting->high,
                    .logarithmic = true,
                    .ink = INK_ACTIVE};
}

// The number beside the slider switches between full speed and the setting's own default.
static Button speed_button(const Bar *bar, const Setting *setting, double value, char text[SETTING_TEXT])
{
    bool slow = bar->app->playing && bar->app->slow, full = value <= 0;
    const char *usual = setting_text(setting, setting->initial, text);
    const char *line = draw_print(bar->out, "set %s %s", setting->name, full || slow ? usual : "0");
    return (Button){.name = "full speed",
                    .text = draw_print(bar->out, "%s", setting_show(setting, value, text)),
                    .line = line,
                    .tip = full || slow ? "back to the ordinary speed" : "as fast as it goes",
                    .ink = INK_TEXT};
}

static void draw_speed(const Bar *bar, float *x)
{
    DrawList *out = bar->out;
    Err err;
    char text[SETTING_TEXT];
    bool slow = bar->app->playing && bar->app->slow;
    const Setting *setting = setting_find(slow ? "pace" : "speed", &err);
    double value = setting_get(topbar_setup(bar), setting);
    Rect area = topbar_take(bar, x, topbar_measure(bar, SPEED_WIDTH), 10);
    draw_text(out, INK_SOFT, TYPE_CAPTION, area.x, area.y + 11, ALIGN_LEFT, setting->label);
    slider_track(out, (Rect){area.x, area.y + 15, area.w, 16}, speed_slider(bar, setting, value));
    text_button(out, TYPE_STRONG, *x, area.y + 27, ALIGN_LEFT, speed_button(bar, setting, value, text));
    *x += SPEED_TEXT;
}

float transport_width(const Bar *bar)
{
    return 5 * topbar_measure(bar, TOPBAR_SMALL) + topbar_measure(bar, PLAY_WIDTH) + 6 * BUTTON_GAP +
           topbar_measure(bar, TOPBAR_EDGE) + topbar_measure(bar, STRIDE_WIDTH) + topbar_measure(bar, SPEED_WIDTH) +
           10 + SPEED_TEXT;
}

void transport_draw(const Bar *bar, float x)
{
    draw_steps(bar, steps_back, &x);
    draw_play(bar, &x);
    draw_slow(bar, &x);
    draw_steps(bar, steps_on, &x);
    x += topbar_measure(bar, TOPBAR_EDGE) - 8;
    draw_stride(bar, &x);
    draw_speed(bar, &x);
}
