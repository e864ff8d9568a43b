#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "null_platform.h"

// Any bytes are said to the program, which has no files and little time: commands, goals and settings of any order.
// What a single command does at once (starting a large network, say) is bounded by capping the numbers beforehand.
enum { FRAMES = 40, DIGITS_MOST = 1 };

// Numbers of more than one digit lose the rest, so that no network is large.
static void cap_numbers(char *text)
{
    char *to = text;
    int digits = 0;
    for (const char *from = text; *from; from++) {
        digits = *from >= '0' && *from <= '9' ? digits + 1 : 0;
        if (digits <= DIGITS_MOST)
            *to++ = *from;
    }
    *to = 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    enum { SIZE_MOST = 2048 };
    static NullWorld world;
    static char text[SIZE_MOST + 1];
    App app;
    if (size > SIZE_MOST)
        return 0;
    memcpy(text, data, size);
    text[size] = 0;
    cap_numbers(text);
    null_start(&app, &world, NULL);
    world.no_files = true;
    app_say(&app, text, "script");
    for (int i = 0; i < FRAMES; i++)
        app_advance(&app, 0.2);
    app_free(&app);
    return 0;
}
