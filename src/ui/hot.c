#include "ui/draw.h"

#include <assert.h>
#include <math.h>

enum { CLIPS_MOST = 16 };

static bool shape_holds(const Shape *shape, int32_t x, int32_t y)
{
    return x >= shape->x && x < shape->x + shape->w && y >= shape->y && y < shape->y + shape->h;
}

// What is clipped away cannot be pressed.
typedef struct {
    const Shape *shape[CLIPS_MOST];
    int depth;
} Clips;

static void clips_follow(Clips *clips, const Shape *shape)
{
    if (shape->kind == SHAPE_CLIP) {
        assert(clips->depth < CLIPS_MOST);
        clips->shape[clips->depth++] = shape;
    } else if (shape->kind == SHAPE_UNCLIP) {
        assert(clips->depth > 0);
        clips->depth--;
    }
}

static bool clips_hold(const Clips *clips, int32_t x, int32_t y)
{
    for (int i = 0; i < clips->depth; i++)
        if (!shape_holds(clips->shape[i], x, y))
            return false;
    return true;
}

const Hot *draw_hot_at(const DrawList *list, float x, float y)
{
    int32_t x64 = (int32_t)floorf(x * 64), y64 = (int32_t)floorf(y * 64);
    const Hot *found = NULL;
    Clips clips = {.depth = 0};
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        clips_follow(&clips, shape);
        if (shape->kind == SHAPE_LAYER)
            found = shape->hot;
        else if (shape->kind == SHAPE_HOT && shape_holds(shape, x64, y64) && clips_hold(&clips, x64, y64))
            found = shape->hot;
    }
    return found;
}

static int part_at(float at, float from, float length, int parts)
{
    int part = length > 0 ? (int)((at - from) / length * (float)parts) : 0;
    return part < 0 ? 0 : part < parts ? part : parts - 1;
}

int hot_cell(const Hot *hot, float x, float y)
{
    return part_at(y, hot->area.y, hot->area.h, hot->rows) * hot->columns +
           part_at(x, hot->area.x, hot->area.w, hot->columns);
}

bool hot_asked(const DrawList *list, uint32_t id)
{
    bool asked = list->hover == id;
    for (int i = 0; i < list->pin_count; i++)
        asked = asked || list->pins[i].id == id;
    return asked;
}

long hot_pinned(const DrawList *list, uint32_t id, int *pin)
{
    while (*pin < list->pin_count) {
        Pin next = list->pins[(*pin)++];
        if (next.id == id && next.part > 0)
            return next.part;
    }
    return 0;
}

uint32_t hot_id(const char *name)
{
    uint32_t hash = 2166136261u; // FNV-1a
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash ? hash : 1;
}
