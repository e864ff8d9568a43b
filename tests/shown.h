#ifndef TESTS_SHOWN_H
#define TESTS_SHOWN_H

#include <string.h>

#include "app/screen.h"
#include "stage.h"

// The whole screen as a list of shapes, and the words on it.
enum { WIDTH = 1440, HEIGHT = 900 };

static DrawList list;

static inline void settle(void)
{
    for (int i = 0; app_frame(&app, 1.0 / 60, WIDTH, HEIGHT, &list); i++)
        assert_true(i < 10000);
}

// As in a window: what is refused is told.
static inline void carry_out(const char *line)
{
    app_say(&app, line, NULL);
    settle();
}

static inline void draw(int width, int height)
{
    app_draw(&app, width, height, -1, &list);
}

static inline const Shape *words(const char *part)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, part))
            return &list.shapes[i];
    return NULL;
}

static inline void assert_whole(const char *part, int width)
{
    const Shape *shape = words(part);
    if (!shape)
        fail_msg("\"%s\" is not shown", part);
    float w = draw_width(&list, shape->type, shape->text), x = (float)shape->x / 64;
    x -= shape->align == ALIGN_CENTRE ? w / 2 : shape->align == ALIGN_RIGHT ? w : 0;
    if (x < 0 || x + w > (float)width)
        fail_msg("\"%s\" goes from %.0f to %.0f px of %d", shape->text, (double)x, (double)(x + w), width);
}

#endif
