#include "platform/window_keys.h"

#include <stdio.h>
#include <string.h>

// Keys that type nothing. What types comes as text, so that a sign is found wherever the keyboard has it.
static const struct {
    SDL_Keycode code;
    const char *name;
} key_names[] = {
    {SDLK_RETURN, "return"},
    {SDLK_KP_ENTER, "return"},
    {SDLK_ESCAPE, "escape"},
    {SDLK_TAB, "tab"},
    {SDLK_BACKSPACE, "backspace"},
    {SDLK_DELETE, "delete"},
    {SDLK_LEFT, "left"},
    {SDLK_RIGHT, "right"},
    {SDLK_UP, "up"},
    {SDLK_DOWN, "down"},
    {SDLK_HOME, "home"},
    {SDLK_END, "end"},
    {SDLK_PAGEUP, "pageup"},
    {SDLK_PAGEDOWN, "pagedown"},
    {SDLK_F1, "f1"},
    {SDLK_F2, "f2"},
    {SDLK_F3, "f3"},
    {SDLK_F4, "f4"},
    {SDLK_F5, "f5"},
    {SDLK_F6, "f6"},
    {SDLK_F7, "f7"},
    {SDLK_F8, "f8"},
    {SDLK_F9, "f9"},
    {SDLK_F10, "f10"},
    {SDLK_F11, "f11"},
    {SDLK_F12, "f12"},
};

// With Ctrl, keys that otherwise type do not.
static const struct {
    SDL_Keycode code;
    const char *name;
} ctrl_names[] = {
    {SDLK_PLUS, "plus"},   {SDLK_EQUALS, "plus"},    {SDLK_KP_PLUS, "plus"},
    {SDLK_MINUS, "minus"}, {SDLK_KP_MINUS, "minus"}, {SDLK_KP_0, "0"},
};

static const char *key_name(SDL_Keycode code)
{
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
        if (key_names[i].code == code)
            return key_names[i].name;
    return NULL;
}

static const char *ctrl_name(SDL_Keycode code, char one[2])
{
    for (size_t i = 0; i < sizeof ctrl_names / sizeof *ctrl_names; i++)
        if (ctrl_names[i].code == code)
            return ctrl_names[i].name;
    one[0] = code > ' ' && code < 127 ? (char)code : 0;
    return one[0] ? one : NULL;
}

bool window_key(SDL_Keysym key, char name[KEY_SIZE])
{
    char one[2] = "";
    bool ctrl = key.mod & KMOD_CTRL, shift = key.mod & KMOD_SHIFT, alt = key.mod & KMOD_ALT;
    const char *base = key_name(key.sym);
    bool sign = !base && ctrl;
    base = sign ? ctrl_name(key.sym, one) : base;
    if (!base)
        return false;
    shift = shift && !(sign && !strcmp(base, "plus")); // + is Shift = on many keyboards
    snprintf(name, KEY_SIZE, "%s%s%s%s", ctrl ? "ctrl+" : "", alt ? "alt+" : "", shift ? "shift+" : "", base);
    return true;
}
