#include "ui/theme.h"

#include <math.h>

// A ramp runs straight between three colours, at −1, 0 and +1; a ramp of one sign uses the upper two.
typedef struct {
    uint32_t low, zero, high;
    double least; // −1 or 0
} RampColours;

struct Theme {
    const char *name;
    uint32_t ink[INKS]; // 0xAARRGGBB
    RampColours ramp[RAMPS];
};

// clang-format off
const Theme theme_light = {
    .name = "light",
    .ink = {
        [INK_PAGE]          = 0xFFF6F6F3,
        [INK_PANEL]         = 0xFFFFFFFF,
        [INK_CARD]          = 0xFFFFFFFF,
        [INK_HAIRLINE]      = 0xFFE2E1DC,
        [INK_GRIDLINE]      = 0xFFEFEEEA,
        [INK_TEXT]          = 0xFF1E2227,
        [INK_SOFT]          = 0xFF6A7078,
        [INK_FAINT]         = 0xFFA5A9AF,
        [INK_CONTROL]       = 0xFFF1F0EC,
        [INK_CONTROL_HOVER] = 0xFFE6E5DF,
        [INK_ACTIVE]        = 0xFF1E2227,
        [INK_ON_ACTIVE]     = 0xFFFFFFFF,
        [INK_TRACK]         = 0xFFE2E1DC,
        [INK_KNOB]          = 0xFFFFFFFF,
        [INK_NODE]          = 0xFFFFFFFF,
        [INK_NODE_FRAME]    = 0xFF1E2227,
        [INK_FORWARD]       = 0xFF0072B2,
        [INK_BACKWARD]      = 0xFFD55E00,
        [INK_CLIP]          = 0xFF7B4FB5,
        [INK_CLIP_PANEL]    = 0xFFF4EEFB,
        [INK_RUN_RNN]       = 0xFF8A6D00,
        [INK_RUN_LSTM]      = 0xFF00845F,
        [INK_RUN_GRU]       = 0xFFB4457E,
        [INK_RUN_OTHER]     = 0xFF55606B,
        [INK_HERE]          = 0xFFFFF8E3,
        [INK_VANISHING]     = 0xFFECF2F9,
        [INK_EXPLODING]     = 0xFFFCEEE6,
        [INK_FOCUS]         = 0xFF1E2227,
        [INK_WARNING]       = 0xFFB3261E,
        [INK_TIP]           = 0xFF1E2227,
        [INK_ON_TIP]        = 0xFFF6F6F3,
        [INK_VEIL]          = 0x591E2227,
    },
    .ramp = {
        [RAMP_SIGNED] = { 0xFF883776, 0xFFF1F0EC, 0xFF07786E, -1 },
        [RAMP_UNIT]   = { 0xFFF1F0EC, 0xFFF1F0EC, 0xFF22303B,  0 },
    },
};

const Theme theme_dark = {
    .name = "dark",
    .ink = {
        [INK_PAGE]          = 0xFF15181C,
        [INK_PANEL]         = 0xFF1C2025,
        [INK_CARD]          = 0xFF1C2025,
        [INK_HAIRLINE]      = 0xFF2D333A,
        [INK_GRIDLINE]      = 0xFF252A30,
        [INK_TEXT]          = 0xFFE7E9EC,
        [INK_SOFT]          = 0xFF9AA1AA,
        [INK_FAINT]         = 0xFF69717B,
        [INK_CONTROL]       = 0xFF262C33,
        [INK_CONTROL_HOVER] = 0xFF323941,
        [INK_ACTIVE]        = 0xFFE7E9EC,
        [INK_ON_ACTIVE]     = 0xFF15181C,
        [INK_TRACK]         = 0xFF2D333A,
        [INK_KNOB]          = 0xFF1C2025,
        [INK_NODE]          = 0xFF1C2025,
        [INK_NODE_FRAME]    = 0xFFE7E9EC,
        [INK_FORWARD]       = 0xFF4EA8DF,
        [INK_BACKWARD]      = 0xFFFF8A3D,
        [INK_CLIP]          = 0xFFB794F0,
        [INK_CLIP_PANEL]    = 0xFF2A2338,
        [INK_RUN_RNN]       = 0xFFE8B04A,
        [INK_RUN_LSTM]      = 0xFF45C497,
        [INK_RUN_GRU]       = 0xFFE884B4,
        [INK_RUN_OTHER]     = 0xFFA3ADB8,
        [INK_HERE]          = 0xFF322F21,
        [INK_VANISHING]     = 0xFF1A2632,
        [INK_EXPLODING]     = 0xFF35251E,
        [INK_FOCUS]         = 0xFFE7E9EC,
        [INK_WARNING]       = 0xFFFF6B5E,
        [INK_TIP]           = 0xFFE7E9EC,
        [INK_ON_TIP]        = 0xFF15181C,
        [INK_VEIL]          = 0x8C000000,
    },
    .ramp = {
        [RAMP_SIGNED] = { 0xFFD77CC2, 0xFF232930, 0xFF3CCABA, -1 },
        [RAMP_UNIT]   = { 0xFF232930, 0xFF232930, 0xFFE7E9EC,  0 },
    },
};

static const char *const ink_names[INKS] = {
    [INK_PAGE]       = "page",       [INK_PANEL]         = "panel",         [INK_CARD]      = "card",
    [INK_HAIRLINE]   = "hairline",   [INK_GRIDLINE]      = "gridline",      [INK_TEXT]      = "text",
    [INK_SOFT]       = "soft",       [INK_FAINT]         = "faint",         [INK_CONTROL]   = "control",
    [INK_ACTIVE]     = "active",     [INK_CONTROL_HOVER] = "control_hover", [INK_ON_ACTIVE] = "on_active",
    [INK_TRACK]      = "track",      [INK_KNOB]          = "knob",          [INK_NODE]      = "node",
    [INK_NODE_FRAME] = "node_frame", [INK_FORWARD]       = "forward",       [INK_BACKWARD]  = "backward",
    [INK_CLIP]       = "clip",       [INK_CLIP_PANEL]    = "clip_panel",    [INK_RUN_RNN]   = "run_rnn",
    [INK_RUN_LSTM]   = "run_lstm",   [INK_RUN_GRU]       = "run_gru",       [INK_RUN_OTHER] = "run_other",
    [INK_HERE]       = "here",       [INK_VANISHING]     = "vanishing",     [INK_EXPLODING] = "exploding",
    [INK_FOCUS]      = "focus",      [INK_WARNING]       = "warning",       [INK_TIP]       = "tip",
    [INK_ON_TIP]     = "on_tip",     [INK_VEIL]          = "veil",
};
// clang-format on

uint32_t theme_ink(const Theme *theme, Ink ink)
{
    return theme->ink[ink];
}

// The part of the way from a to b is part/256.
static uint32_t mixed(uint32_t a, uint32_t b, uint32_t part)
{
    uint32_t out = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        uint32_t from = a >> shift & 0xFF, to = b >> shift & 0xFF;
        out |= (from * (256 - part) + to * part + 128) >> 8 << shift;
    }
    return out;
}

uint32_t theme_ramp(const Theme *theme, Ramp ramp, double value)
{
    const RampColours *colours = &theme->ramp[ramp];
    if (isnan(value))
        return theme->ink[INK_WARNING];
    value = value > 1 ? 1 : value < colours->least ? colours->least : value;
    if (value < 0)
        return mixed(colours->zero, colours->low, (uint32_t)(-value * 256 + 0.5));
    return mixed(colours->zero, colours->high, (uint32_t)(value * 256 + 0.5));
}

const char *ink_name(Ink ink)
{
    return ink_names[ink];
}

const char *theme_name(const Theme *theme)
{
    return theme->name;
}
