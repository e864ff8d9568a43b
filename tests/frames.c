// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "app/hands.h"
#include "app/lines.h"
#include "frames.h"

DrawList list;

bool frame(void)
{
    return app_frame(&app, FRAME, WIDTH, HEIGHT, &list);
}

// Frames until nothing changes any more.
int settle(void)
{
    int count = 0;
    while (frame())
        if (++count > 1000)
            fail_msg("never at rest");
    return count;
}

long update_now(void)
{
    return app.session.runs[0].at.update;
}

const Hot *hot_saying(const char *line)
{
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        if (hot && ((hot->press && !strcmp(hot->press, line)) || (hot->drag && !strcmp(hot->drag, line))))
            return hot;
    }
    fail_msg("nothing says %s", line);
    return NULL;
}

void point_at(const Hot *hot)
{
    app_pointer(&app, hot->area.x + hot->area.w / 2, hot->area.y + hot->area.h / 2);
}

void click(const Hot *hot)
{
    point_at(hot);
    app_press(&app, false);
    app_release(&app);
    settle();
}

bool tip_seen(void)
{
    settle();
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_RECT && list.shapes[i].ink == INK_TIP)
            return true;
    return false;
}
