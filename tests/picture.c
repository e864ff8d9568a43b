// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/formula.h"

// ---- a run and a moment of it -------------------------------------------------------------------------------------
int desk_open(void **state)
{
    static Desk desk;
    Err err;
    desk = (Desk){.fonts = fonts_open(&err), .arena = arena_make(1 << 20)};
    *state = &desk;
    return desk.fonts ? 0 : -1;
}

int desk_close(void **state)
{
    Desk *desk = *state;
    fonts_close(desk->fonts);
    arena_free(&desk->arena);
    return 0;
}

void desk_start_as(Desk *desk, const Setup *setup)
{
    Err err;
    if (!run_start(&desk->run, setup, &err))
        fail_msg("%s", err.text);
}

void desk_start(Desk *desk, const CellType *cell, const char *task, int T, int hidden)
{
    desk_start_net(desk, cell, task, T, hidden, 1, false);
}

void desk_start_net(Desk *desk, const CellType *cell, const char *task, int T, int hidden, int layers,
                    bool bidirectional)
{
    Setup setup = setup_default();
    setup.cell = cell_index(cell->name);
    setup.task = task_index(task);
    setup.T = T;
    setup.hidden = hidden;
    setup.batch = 2;
    setup.layers = layers;
    setup.bidirectional = bidirectional;
    desk_start_as(desk, &setup);
}

void desk_stop(Desk *desk)
{
    run_free(&desk->run);
}

void desk_train(Desk *desk, long updates)
{
    run_train(&desk->run, updates);
    run_finish(&desk->run);
}

void desk_seek(Desk *desk, long update, long op)
{
    Err err;
    if (desk->run.at.update == 0 && !run_step_ops(&desk->run, 1, &err))
        fail_msg("%s", err.text);
    run_finish(&desk->run);
    if (!run_seek(&desk->run, (Moment){update, op}, &err))
        fail_msg("%s", err.text);
    run_finish(&desk->run);
}

DrawList desk_draw(Desk *desk, const View *view, const Snapshot *snapshot, Rect area)
{
    float width = area.w - VIEW_MARGIN - VIEW_MARGIN_RIGHT;
    arena_reset(&desk->arena);
    DrawList out = draw_begin(&desk->arena, desk->fonts);
    view->draw(snapshot, axis_fit(1, snapshot->program->dims.T, area.x + VIEW_MARGIN, width), area, &out);
    return out;
}

// ---- where a shape lies -------------------------------------------------------------------------------------------
typedef struct {
    float left, top, right, bottom;
} Box;

static float px(int32_t px64)
{
    return (float)px64 / 64;
}

static Box joined(Box a, Box b)
{
    return (Box){fminf(a.left, b.left), fminf(a.top, b.top), fmaxf(a.right, b.right), fmaxf(a.bottom, b.bottom)};
}

static Box common(Box a, Box b)
{
    return (Box){fmaxf(a.left, b.left), fmaxf(a.top, b.top), fminf(a.right, b.right), fminf(a.bottom, b.bottom)};
}

static Box around_points(const Shape *shape)
{
    Box box = {1e9f, 1e9f, -1e9f, -1e9f};
    for (int i = 0; i < shape->point_count; i++) {
        float x = px(shape->points[2 * i]), y = px(shape->points[2 * i + 1]);
        box = joined(box, (Box){x, y, x, y});
    }
    return box;
}

static bool is_text(const Shape *shape)
{
    return shape->kind == SHAPE_TEXT || shape->kind == SHAPE_FORMULA;
}

static Box around_text(const DrawList *list, const Shape *shape)
{
    Formula set = {.ascent = shape->type.size * 0.73f, .descent = shape->type.size * 0.2f};
    Err err;
    if (shape->kind == SHAPE_TEXT)
        set.width = draw_width(list, shape->type, shape->text);
    else if (!formula_layout(list->fonts, list->arena, shape->ink, shape->type.size, shape->text, &set, &err))
        fail_msg("%s: %s", shape->text, err.text);
    float part = shape->align == ALIGN_CENTRE ? 0.5f : shape->align == ALIGN_RIGHT ? 1 : 0;
    float left = px(shape->x) - part * set.width, y = px(shape->y);
    return (Box){left, y - set.ascent, left + set.width, y + set.descent};
}

static Box around(const DrawList *list, const Shape *shape)
{
    float x = px(shape->x), y = px(shape->y), w = px(shape->w), h = px(shape->h), r = px(shape->radius);
    if (is_text(shape))
        return around_text(list, shape);
    if (shape->point_count > 0)
        return around_points(shape);
    if (shape->kind == SHAPE_LINE || shape->kind == SHAPE_ARROW)
        return joined((Box){x, y, x, y}, (Box){w, h, w, h});
    if (shape->kind == SHAPE_CIRCLE || shape->kind == SHAPE_RING)
        return (Box){x - r, y - r, x + r, y + r};
    return (Box){x, y, x + w, y + h};
}

// ---- what must be true of every picture ---------------------------------------------------------------------------
static const char *named(const Desk *desk, const View *view, Rect area)
{
    static char text[160];
    const Run *run = &desk->run;
    snprintf(text, sizeof text, "%s: %s T %d H %d at %ld %ld in %.0fx%.0f", view->name, run->program.net.cell->name,
             run->program.dims.T, run->program.dims.H, run->at.update, run->at.op, (double)area.w, (double)area.h);
    return text;
}

static bool lies_in(Box inner, Box outer)
{
    const float near = 0.6f;
    return inner.left >= outer.left - near && inner.top >= outer.top - near && inner.right <= outer.right + near &&
           inner.bottom <= outer.bottom + near;
}

static bool apart(Box a, Box b)
{
    const float near = 0.5f;
    return a.right <= b.left + near || b.right <= a.left + near || a.bottom <= b.top + near || b.bottom <= a.top + near;
}

typedef struct {
    const Desk *desk;
    const View *view;
    Rect area;
    Box *box;
    const char **text;
    int count;
} Texts;

static void check_text(Texts *texts, Box box, const char *text)
{
    for (int i = 0; i < texts->count; i++)
        if (!apart(texts->box[i], box))
            fail_msg("%s: \"%s\" at %g %g touches \"%s\" at %g %g", named(texts->desk, texts->view, texts->area), text,
                     (double)box.left, (double)box.bottom, texts->text[i], (double)texts->box[i].left,
                     (double)texts->box[i].bottom);
    texts->box[texts->count] = box;
    texts->text[texts->count++] = text;
}

void check_picture(const Desk *desk, const View *view, Rect area, const DrawList *list)
{
    enum { CLIPS_MOST = 8 };
    Box clips[CLIPS_MOST] = {{area.x, area.y, area.x + area.w, area.y + area.h}};
    int depth = 0;
    Texts texts = {.desk = desk,
                   .view = view,
                   .area = area,
                   .box = arena_new(list->arena, Box, list->count),
                   .text = arena_new(list->arena, const char *, list->count)};
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        if (shape->kind == SHAPE_UNCLIP) {
            depth--;
            continue;
        }
        Box box = around(list, shape);
        if (shape->kind == SHAPE_CLIP)
            clips[++depth] = box;
        box = depth ? common(box, clips[depth]) : box;
        if (!lies_in(box, clips[0]))
            fail_msg("%s: shape %d %s at %g %g … %g %g is outside", named(desk, view, area), i,
                     is_text(shape) ? shape->text : "", (double)box.left, (double)box.top, (double)box.right,
                     (double)box.bottom);
        if (is_text(shape))
            check_text(&texts, box, shape->text);
    }
    assert_int_equal(depth, 0);
}

// ---- looking into a picture ----------------------------------------------------------------------------------------
const Shape *first_with_ink(const DrawList *list, ShapeKind kind, Ink ink)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == kind && list->shapes[i].ink == ink)
            return &list->shapes[i];
    return NULL;
}

bool says(const DrawList *list, const char *words)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].text && strstr(list->shapes[i].text, words))
            return true;
    return false;
}

Rect place_of(const DrawList *list, const char *text)
{
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        if (!is_text(shape) || strcmp(shape->text, text) != 0)
            continue;
        Box box = around_text(list, shape);
        return (Rect){box.left, box.top, box.right - box.left, box.bottom - box.top};
    }
    fail_msg("nothing says \"%s\"", text);
    return (Rect){0, 0, 0, 0};
}

const Hot *hot_named(const DrawList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == hot_id(name))
            return list->shapes[i].hot;
    fail_msg("there is no \"%s\"", name);
    return NULL;
}

// ---- what is not known --------------------------------------------------------------------------------------------
static void poison(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = 1e300 / (double)(i + 1);
}

static void poison_unknown(const Snapshot *snapshot)
{
    const Program *p = snapshot->program;
    for (int slot = 0; slot < p->slot_count; slot++)
        for (int t = 0; t <= p->dims.T + 1; t++) {
            size_t count = (size_t)p->dims.B * (size_t)p->slots[slot].length;
            if (snapshot->known < program_value_known(p, slot, t))
                poison(tape_value(snapshot->tape, t, slot), count);
            if (snapshot->known < program_grad_known(p, slot, t))
                poison(tape_grad(snapshot->tape, t, slot), count);
        }
}

// Grids borrow their values, so a picture is kept as its text.
static char *dump(Desk *desk, const View *view, const Snapshot *snapshot, Rect area)
{
    DrawList list = desk_draw(desk, view, snapshot, area);
    return strdup(draw_dump(&list, &desk->arena));
}

void check_unknown_is_not_drawn(Desk *desk, const View *view, const Snapshot *snapshot, Rect area)
{
    const Tape *tape = snapshot->tape;
    size_t bytes = sizeof(double) * tape->column * (size_t)(snapshot->program->dims.T + 2);
    double *value = malloc(bytes), *grad = malloc(bytes);
    memcpy(value, tape->value, bytes);
    memcpy(grad, tape->grad, bytes);
    char *clean = dump(desk, view, snapshot, area);
    poison_unknown(snapshot);
    char *poisoned = dump(desk, view, snapshot, area);
    if (strcmp(clean, poisoned) != 0)
        fail_msg("%s: something unknown is drawn", named(desk, view, area));
    memcpy(tape->value, value, bytes);
    memcpy(tape->grad, grad, bytes);
    free(clean);
    free(poisoned);
    free(value);
    free(grad);
}
