#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/hands.h"
#include "app/lines.h"
#include "app/palette.h"
#include "app/screen.h"

// ---- keys under a list or a page --------------------------------------------------------------------------------
// These move in it and choose from it, whatever they do elsewhere.
typedef struct {
    const char *key, *line;
} PopupKey;

static const PopupKey popup_keys[] = {
    {"down", "focus next"},          {"up", "focus previous"}, {"tab", "focus next"},
    {"shift+tab", "focus previous"}, {"escape", "stop"},       {NULL, NULL},
};

static const PopupKey page_keys[] = {
    {"down", "scroll 2"},     {"up", "scroll -2"}, {"pagedown", "scroll 12"},
    {"pageup", "scroll -12"}, {"escape", "stop"},  {NULL, NULL},
};

static void press_focus(App *app)
{
    const Hot *focus = focus_hot(app, &app->last);
    if (focus && focus->press)
        hands_press(app, focus);
    else
        hands_say(app, "open none");
}

// A key that an item shows chooses it. Of the others only those do something that act at once: nothing trains behind.
static void say_from_popup(App *app, const char *line)
{
    const Hot *item = hot_in_reach(&app->last, line);
    if (item)
        hands_press(app, item);
    else if (hands_acts_at_once(line))
        hands_say(app, line);
}

static void popup_key(App *app, const char *key)
{
    for (const PopupKey *of = page_shown(app) ? page_keys : popup_keys; of->key; of++)
        if (strcmp(of->key, key) == 0) {
            hands_do(app, of->line);
            return;
        }
    if (strcmp(key, "return") == 0 || strcmp(key, "space") == 0) {
        press_focus(app);
        return;
    }
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        if (strcmp(binding->key, key) == 0)
            say_from_popup(app, binding->line);
}

// A key that is held down says its line again and again: once it is let go, what is done ends with it.
static bool waits_already(const App *app, const char *line)
{
    return lines_waiting(app) > 0 && strcmp(lines_last(app), line) == 0;
}

// ---- keys -------------------------------------------------------------------------------------------------------
void app_key(App *app, const char *key)
{
    const Hot *focus = focus_hot(app, &app->last);
    tip_hide(app);
    if (app->popup == POPUP_PALETTE) {
        palette_key(app, key);
        return;
    }
    if (app->popup != POPUP_NONE) {
        popup_key(app, key);
        return;
    }
    if (strcmp(key, "return") == 0 && focus && focus->press) {
        hands_press(app, focus);
        return;
    }
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        if (strcmp(binding->key, key) == 0 && !waits_already(app, binding->line))
            hands_say(app, binding->line);
}

static size_t letter_length(const char *utf8)
{
    size_t length = 1;
    while (((unsigned char)utf8[length] & 0xC0) == 0x80)
        length++;
    return length;
}

// With caps lock on a letter is still its key.
void app_text(App *app, const char *utf8)
{
    char key[8];
    for (size_t length; *utf8; utf8 += length) {
        length = letter_length(utf8);
        snprintf(key, sizeof key, "%.*s", (int)length, utf8);
        if (app->popup == POPUP_PALETTE) {
            palette_text(app, key);
            continue;
        }
        if (length == 1 && *key >= 'A' && *key <= 'Z')
            *key = (char)(*key - 'A' + 'a');
        app_key(app, *key == ' ' ? "space" : key);
    }
}
