#ifndef TESTS_NULL_PLATFORM_H
#define TESTS_NULL_PLATFORM_H

#include "app/app.h"

// A platform without a world: time passes with each look at the clock, what is printed is kept, nothing is written. It
// is also the template for another platform.
typedef struct {
    double seconds, per_look; // a budget of b seconds is b / per_look looks
    char printed[1 << 16];    // what was printed, a line each
    char warned[4096], echoed[1 << 16];
    char written[1 << 16]; // the last file
    char clipboard[(1 << 18) + 64];
    char saved[4096];                    // names of all files and pictures, a line each
    char description[2048], state[4096]; // of the last picture, and
    char texts[1 << 16];                 // all that is written in it, a line each,
    int picture_width, picture_height;   // its size
    int pictures;
    char kept[64];      // what lasts, of whatever name
    bool keeps_nothing; // nothing can be kept
    bool no_files;      // nothing can be read either
} NullWorld;

Platform null_platform(NullWorld *world);
void null_start(App *app, NullWorld *world, Fonts *fonts);
void null_say(App *app, const char *text); // carried out to the end; a refusal fails the test
const char *null_print(App *app, NullWorld *world, const char *name); // what `print name` says, without the name

#endif
