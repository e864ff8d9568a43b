#include <string.h>

#include "app/app.h"
#include "null_platform.h"

// Any bytes are typed into the palette: a byte below 32 is a key, the others are text, as a keyboard gives them. What
// is said with return is carried out within little time; digits are left out, so that no network is large.
enum { FRAMES = 4, RETURNS_MOST = 40 };

static const char *const keys[] = {
    "return",    "escape",  "up",     "down",        "left",       "right",  "home",   "end",
    "backspace", "delete",  "tab",    "ctrl+left",   "ctrl+right", "ctrl+a", "ctrl+c", "ctrl+v",
    "ctrl+x",    "ctrl+w",  "ctrl+u", "shift+left",  "shift+home", "pageup", "f5",     "pagedown",
    "ctrl+k",    "palette", "end",    "shift+right", "shift+end",  "ctrl+s", "alt+x",  "ctrl+delete",
};

// As long a letter as the bytes make it.
static size_t letter(const unsigned char *data, size_t size, char text[8])
{
    size_t length = 1;
    while (length < 4 && length < size && (data[length] & 0xC0) == 0x80)
        length++;
    memcpy(text, data, length);
    text[length] = 0;
    return length;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    enum { SIZE_MOST = 512 };
    static NullWorld world;
    App app;
    Err err;
    char text[8];
    int returns = 0;
    if (size > SIZE_MOST)
        return 0;
    null_start(&app, &world, NULL);
    world.no_files = true;
    for (size_t i = 0, length; i < size; i += length) {
        length = 1;
        if (app.popup != POPUP_PALETTE)
            app_do(&app, "palette", &err);
        if (data[i] < 32 && (data[i] != 0 || returns++ < RETURNS_MOST))
            app_key(&app, keys[data[i]]);
        else if (data[i] >= 32 && (data[i] < '0' || data[i] > '9')) {
            length = letter(data + i, size - i, text);
            app_text(&app, text);
        }
        if (app.popup != POPUP_PALETTE)
            for (int frame = 0; frame < FRAMES; frame++)
                app_advance(&app, 0.05);
    }
    app_free(&app);
    return 0;
}
