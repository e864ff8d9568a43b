#ifndef TESTS_FRAMES_H
#define TESTS_FRAMES_H

#include "stage.h"

// A window of the reference size that is drawn frame by frame, and a pointer in it.
enum { WIDTH = 1440, HEIGHT = 900 };
#define FRAME (1.0 / 60) // seconds

extern DrawList list; // the last picture

bool frame(void); // false: nothing has changed
int settle(void); // frames until nothing changes any more; how many
long update_now(void);

const Hot *hot_saying(const char *line); // what a press or a drag says; fails where nothing does
void point_at(const Hot *hot);
void click(const Hot *hot);
bool tip_seen(void);

#endif
