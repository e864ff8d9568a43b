#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H

#include "desk.h"
#include "null_platform.h"

// What tests of the whole program begin with: an app on a platform without a world, a fresh one for each test. Where
// open_fonts of desk.h is the group's setup it can draw.
extern NullWorld world;
extern App app;

int start(void **state); // each test's setup
int end(void **state);
void say(const char *text);

#endif
