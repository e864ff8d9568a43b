// The inside of the cell: of every cell, layer and direction, at every size, nothing may lie where it does not belong.
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "nn/op.h"
#include "picture.h"
#include "ui/formula.h"
#include "views/cell.h"

static const Rect sizes[] = {{10, 10, 250, 130}, {10, 10, 286, 165}, {0, 0, 316, 236},
                             {0, 0, 316, 420},   {20, 0, 868, 235},  {0, 0, 1700, 600}};
enum { SIZES = sizeof sizes / sizeof *sizes, BOXES_MOST = 64 };

typedef struct {
    Desk *desk;
    Snapshot snapshot;
    DrawList list;
    Rect area;
    Rect box[BOXES_MOST]; // what computes a slot
    int slot[BOXES_MOST];
    int boxes;
    char name[160];
} Scene;

static float px(int32_t px64)
{
    return (float)px64 / 64;
}

static bool is_wire(const Shape *shape)
{
    return (shape->kind == SHAPE_LINE || shape->kind == SHAPE_ARROW) &&
           (shape->ink == INK_FORWARD || shape->ink == INK_BACKWARD);
}

static Rect around_wire(const Shape *shape)
{
    float x = fminf(px(shape->x), px(shape->w)), y = fminf(px(shape->y), px(shape->h));
    return (Rect){x, y, fmaxf(px(shape->x), px(shape->w)) - x, fmaxf(px(shape->y), px(shape->h)) - y};
}

static bool apart(Rect a, Rect b, float near)
{
    return a.x + a.w <= b.x + near || b.x + b.w <= a.x + near || a.y + a.h <= b.y + near || b.y + b.h <= a.y + near;
}

static Scene scene_of(Desk *desk, Snapshot snapshot, Rect area)
{
    Scene scene = {.desk = desk, .snapshot = snapshot, .area = area};
    const Program *p = snapshot.program;
    arena_reset(&desk->arena);
    scene.list = draw_begin(&desk->arena, desk->fonts);
    cell_draw(&snapshot, 2, area, &scene.list);
    for (int slot = 0; slot < p->slot_count; slot++) {
        uint32_t id = hot_id(arena_print(&desk->arena, "cell %s", p->slots[slot].slot.name));
        for (int i = 0; i < scene.list.count; i++)
            if (scene.list.shapes[i].kind == SHAPE_HOT && scene.list.shapes[i].hot->id == id) {
                scene.slot[scene.boxes] = slot;
                scene.box[scene.boxes++] = scene.list.shapes[i].hot->area;
            }
    }
    snprintf(scene.name, sizeof scene.name, "%s, layer %d%s, op %ld, %.0f x %.0f", p->net.cell->name,
             snapshot.layer + 1, snapshot.reverse ? " in reverse" : "", snapshot.known, (double)area.w, (double)area.h);
    return scene;
}

// ---- the claims ---------------------------------------------------------------------------------------------------
static void no_wire_runs_through_a_box(const Scene *scene)
{
    for (int i = 0; i < scene->list.count; i++)
        for (int k = 0; k < scene->boxes && is_wire(&scene->list.shapes[i]); k++)
            if (!apart(around_wire(&scene->list.shapes[i]), scene->box[k], 1.2f))
                fail_msg("%s: a wire runs through %s", scene->name,
                         scene->snapshot.program->slots[scene->slot[k]].slot.name);
}

static bool on_border(float x, float y, Rect box)
{
    const float near = 1.2f;
    bool level = y >= box.y - near && y <= box.y + box.h + near,
         upright = x >= box.x - near && x <= box.x + box.w + near;
    return (level && (fabsf(x - box.x) < near || fabsf(x - box.x - box.w) < near)) ||
           (upright && (fabsf(y - box.y) < near || fabsf(y - box.y - box.h) < near));
}

// At places of their own: each operand's wire, and what leaves.
static void every_operand_has_a_wire_of_its_own(const Scene *scene)
{
    const Program *p = scene->snapshot.program;
    for (int k = 0; k < scene->boxes; k++) {
        float at[16][2];
        int ends = 0;
        for (int i = 0; i < scene->list.count; i++) {
            const Shape *shape = &scene->list.shapes[i];
            float end[2][2] = {{px(shape->x), px(shape->y)}, {px(shape->w), px(shape->h)}};
            for (int e = 0; is_wire(shape) && e < 2; e++) {
                bool known = !on_border(end[e][0], end[e][1], scene->box[k]);
                for (int n = 0; n < ends; n++)
                    known = known || (fabsf(at[n][0] - end[e][0]) < 1 && fabsf(at[n][1] - end[e][1]) < 1);
                if (!known && ends < 16)
                    memcpy(at[ends++], end[e], sizeof *at);
            }
        }
        int operands = op_types[p->rows[p->slots[scene->slot[k]].producer].kind].operands;
        if (ends < operands + 1)
            fail_msg("%s: %d wires at %s", scene->name, ends, p->slots[scene->slot[k]].slot.name);
    }
}

static Rect around_text(const Scene *scene, const Shape *shape)
{
    Formula set = {.width = shape->kind == SHAPE_TEXT ? draw_width(&scene->list, shape->type, shape->text) : 0,
                   .ascent = shape->type.size * 0.73f,
                   .descent = shape->type.size * 0.2f};
    Err err;
    if (shape->kind == SHAPE_FORMULA)
        formula_layout(scene->list.fonts, scene->list.arena, shape->ink, shape->type.size, shape->text, &set, &err);
    float part = shape->align == ALIGN_CENTRE ? 0.5f : shape->align == ALIGN_RIGHT ? 1 : 0;
    return (Rect){px(shape->x) - part * set.width, px(shape->y) - set.ascent, set.width, set.ascent + set.descent};
}

static bool is_sign(const Scene *scene, Rect text)
{
    for (int k = 0; k < scene->boxes; k++)
        if (rect_holds(scene->box[k], text.x + text.w / 2, text.y + text.h / 2))
            return true;
    return false;
}

static void nothing_written_lies_on_a_wire_or_a_box(const Scene *scene)
{
    for (int i = 0; i < scene->list.count; i++) {
        const Shape *shape = &scene->list.shapes[i];
        if (shape->kind != SHAPE_TEXT && shape->kind != SHAPE_FORMULA)
            continue;
        Rect text = around_text(scene, shape);
        if (is_sign(scene, text))
            continue;
        for (int k = 0; k < scene->boxes; k++)
            if (!apart(text, scene->box[k], 0.5f))
                fail_msg("%s: \"%s\" lies on %s", scene->name, shape->text,
                         scene->snapshot.program->slots[scene->slot[k]].slot.name);
        for (int k = 0; k < scene->list.count; k++)
            if (is_wire(&scene->list.shapes[k]) && !apart(text, around_wire(&scene->list.shapes[k]), 0.2f))
                fail_msg("%s: a wire runs through \"%s\"", scene->name, shape->text);
    }
}

static void strips_lie_apart(const Scene *scene)
{
    for (int i = 0; i < scene->list.count; i++) {
        const Shape *strip = &scene->list.shapes[i];
        Rect place = {px(strip->x), px(strip->y), px(strip->w), px(strip->h)};
        for (int k = 0; k < scene->boxes && strip->kind == SHAPE_GRID; k++)
            if (!apart(place, scene->box[k], 0.1f))
                fail_msg("%s: a strip lies on %s", scene->name,
                         scene->snapshot.program->slots[scene->slot[k]].slot.name);
        for (int k = 0; k < i && strip->kind == SHAPE_GRID; k++) {
            const Shape *other = &scene->list.shapes[k];
            if (other->kind == SHAPE_GRID &&
                !apart(place, (Rect){px(other->x), px(other->y), px(other->w), px(other->h)}, 0))
                fail_msg("%s: two strips lie on each other", scene->name);
        }
    }
}

// ---- every cell, at every size, at several moments ----------------------------------------------------------------
static const View as_view = {.name = "cell's inside"};

static void check_scene(Desk *desk, Snapshot snapshot, Rect area)
{
    Scene scene = scene_of(desk, snapshot, area);
    no_wire_runs_through_a_box(&scene);
    every_operand_has_a_wire_of_its_own(&scene);
    nothing_written_lies_on_a_wire_or_a_box(&scene);
    strips_lie_apart(&scene);
    check_picture(desk, &as_view, area, &scene.list);
}

static void check_layers(Desk *desk)
{
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    for (int layer = 0; layer < desk->run.program.dims.L; layer++)
        for (int reverse = 0; reverse <= desk->run.program.net.bidirectional; reverse++)
            for (int i = 0; i < SIZES; i++) {
                snapshot_look_at(&snapshot, layer, reverse);
                snapshot.selected_unit = i % 2 ? 2 : 0;
                check_scene(desk, snapshot, sizes[i]);
            }
}

static void check_moments(Desk *desk)
{
    long all = desk->run.program.op_count, pass = desk->run.program.pass_ops;
    const long moments[] = {1, pass / 2 + 3, pass, pass + pass / 2 - 2, all};
    desk_train(desk, 2);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        desk_seek(desk, 2, moments[i]);
        check_layers(desk);
    }
}

static void everything_has_its_place(void **state)
{
    Desk *desk = *state;
    for (int i = 0; cell_types[i]; i++) {
        desk_start(desk, cell_types[i], "recall", 3, 5);
        check_moments(desk);
        desk_stop(desk);
        desk_start_net(desk, cell_types[i], "recall", 3, 5, 2, true);
        check_moments(desk);
        desk_stop(desk);
    }
}

static void a_gate_says_what_0_and_1_do(void **state)
{
    Desk *desk = *state;
    for (int i = 0; cell_types[i]; i++) {
        desk_start(desk, cell_types[i], "recall", 3, 5);
        desk_train(desk, 1);
        Scene scene = scene_of(desk, snapshot_make(&desk->run, 0, false), sizes[2]);
        for (int slot = 0; slot < cell_types[i]->slot_count; slot++)
            if (cell_types[i]->slots[slot].role == ROLE_GATE && !says(&scene.list, cell_types[i]->slots[slot].means))
                fail_msg("%s: nothing says what %s does", scene.name, cell_types[i]->slots[slot].name);
        desk_stop(desk);
    }
}

// A wire is vermilion when the row that reads it has run backward, and blue before.
static int wires_with(const Scene *scene, Ink ink)
{
    int count = 0;
    for (int i = 0; i < scene->list.count; i++)
        count += is_wire(&scene->list.shapes[i]) && scene->list.shapes[i].ink == ink;
    return count;
}

static void wires_turn_vermilion_one_by_one(void **state)
{
    Desk *desk = *state;
    for (int i = 0; cell_types[i]; i++) {
        desk_start(desk, cell_types[i], "recall", 2, 5);
        desk_train(desk, 1);
        const Program *p = &desk->run.program;
        int before = 0;
        for (long op = 2 * p->pass_ops - 2L * p->row_count; op <= 2 * p->pass_ops - p->row_count; op++) {
            desk_seek(desk, 1, op);
            Scene scene = scene_of(desk, snapshot_make(&desk->run, 0, false), sizes[2]);
            int now = wires_with(&scene, INK_BACKWARD);
            if (now < before)
                fail_msg("%s: %d wires were vermilion, now %d", scene.name, before, now);
            before = now;
            if (op == 2 * p->pass_ops - p->row_count)
                assert_int_equal(wires_with(&scene, INK_FORWARD), 0);
        }
        assert_true(before > 0);
        desk_stop(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_has_its_place),
        cmocka_unit_test(a_gate_says_what_0_and_1_do),
        cmocka_unit_test(wires_turn_vermilion_one_by_one),
    };
    return cmocka_run_group_tests_name("cell", tests, desk_open, desk_close);
}
