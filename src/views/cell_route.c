#include <math.h>

#include "nn/op.h"
#include "views/cell_cost.h"

// The ways of the wires. A wire leaves and enters at the middle of a side and runs level and upright; of all such ways
// with up to three corners, through the channels between lanes and columns, it takes the one that costs least: one
// that keeps off boxes and off other wires, with few corners, and beside what the same slot has already.
enum { LEFT, RIGHT, TOP, BOTTOM, SIDES };
enum { TRACKS = 3, FIRST_CHANNEL = TRACKS, PORTS_MOST = 5 }; // wires beside each other in a channel; the first one in
// the panel; places where a wire can leave or enter
static const float CORNER_LEAST = 0.5f; // px, of a stretch

typedef struct {
    Point at;
    int side;
    float cost;
} Port;

typedef struct {
    Cell *cell;
    Wire best;
    float least; // what the best costs
    Wire tried;
    float cost;   // of its ports
    float length; // what a pixel costs at least
} Router;

// ---- trying ways ------------------------------------------------------------------------------------------------
static void try_way(Router *router)
{
    const Wire *wire = &router->tried;
    float cost = router->cost + costs.corner * (float)(wire->count - 2), length = 0;
    for (int i = 0; i + 1 < wire->count; i++)
        length += length_of(wire->point[i], wire->point[i + 1]);
    if (cost + router->length * length >= router->least)
        return;
    for (int i = 0; i + 1 < wire->count && cost < router->least; i++)
        cost += cost_outside(router->cell, wire->point[i + 1]) + cost_of_boxes(router->cell, wire, i);
    for (int i = 0; i + 1 < wire->count && cost < router->least; i++)
        cost += cost_of_wires(router->cell, wire, i);
    if (cost < router->least) {
        router->least = cost;
        router->best = *wire;
    }
}

// Away from the side it leaves, and towards the one it enters.
static bool goes(Point a, Point b, int side)
{
    return side == LEFT ? b.x < a.x - 1 : side == RIGHT ? b.x > a.x + 1 : side == TOP ? b.y < a.y - 1 : b.y > a.y + 1;
}

static void try_points(Router *router, const Port *out, const Port *in, const Point *corners, int count)
{
    Wire *wire = &router->tried;
    wire->count = 0;
    wire->point[wire->count++] = out->at;
    for (int i = 0; i < count; i++)
        if (length_of(wire->point[wire->count - 1], corners[i]) > CORNER_LEAST)
            wire->point[wire->count++] = corners[i];
    wire->point[wire->count++] = in->at;
    if (goes(out->at, wire->point[1], out->side) && goes(in->at, wire->point[wire->count - 2], in->side))
        try_way(router);
}

static bool level_side(int side)
{
    return side == LEFT || side == RIGHT;
}

static float channel_x(const Cell *cell, int i)
{
    return cell->border[i / TRACKS] + APART * (float)(i % TRACKS - 1);
}

static float channel_y(const Cell *cell, int i)
{
    float first = cell->stands[0].at.y - cell->dy * ((float)cell->stands[0].lane + 0.5f);
    return first + cell->dy * (float)(i / TRACKS) + APART * (float)(i % TRACKS - 1);
}

// Straight, or with as few corners as the two sides allow.
static void try_simple(Router *router, const Port *out, const Port *in)
{
    const Cell *cell = router->cell;
    Point a = out->at, b = in->at;
    if (level_side(out->side) != level_side(in->side)) {
        try_points(router, out, in, level_side(out->side) ? &(Point){b.x, a.y} : &(Point){a.x, b.y}, 1);
    } else if (level_side(out->side)) {
        if (is_level(a, b))
            try_points(router, out, in, NULL, 0);
        for (int i = FIRST_CHANNEL; i < (cell->columns + 1) * TRACKS; i++)
            try_points(router, out, in, (Point[]){{channel_x(cell, i), a.y}, {channel_x(cell, i), b.y}}, 2);
    } else {
        if (fabsf(a.x - b.x) < 0.5f)
            try_points(router, out, in, NULL, 0);
        for (int i = 0; i < (cell->lanes + 1) * TRACKS; i++)
            try_points(router, out, in, (Point[]){{a.x, channel_y(cell, i)}, {b.x, channel_y(cell, i)}}, 2);
    }
}

// What a way costs at least that begins, or ends, with the stretch between a port and this corner. What is too short
// for a stretch tells nothing.
static float least_of_end(const Cell *cell, const Port *port, Point corner, int stand)
{
    if (length_of(port->at, corner) <= CORNER_LEAST)
        return 0;
    return goes(port->at, corner, port->side) ? cost_of_boxes_but(cell, port->at, corner, stand, NONE) : INFINITY;
}

// Round what stands in the way: on level channels and upright ones, each of which is one of the two ends' alone.
static void try_round(Router *router, const Port *out, const Port *in)
{
    const Cell *cell = router->cell;
    const Port *level = level_side(out->side) ? out : in, *upright = level == out ? in : out;
    int of_level = level == out ? router->tried.from : router->tried.to, columns = (cell->columns + 1) * TRACKS;
    int of_upright = level == out ? router->tried.to : router->tried.from, lanes = (cell->lanes + 1) * TRACKS;
    if (level_side(out->side) == level_side(in->side))
        return;
    float *least = arena_new(cell->out->arena, float, lanes);
    for (int k = 0; k < lanes; k++)
        least[k] = least_of_end(cell, upright, (Point){upright->at.x, channel_y(cell, k)}, of_upright);
    for (int i = FIRST_CHANNEL; i < columns; i++) {
        Point first = {channel_x(cell, i), level->at.y};
        float least_of_level = least_of_end(cell, level, first, of_level);
        for (int k = 0; k < lanes; k++) {
            Point middle = {first.x, channel_y(cell, k)}, last = {upright->at.x, middle.y};
            bool turns = length_of(first, middle) > CORNER_LEAST && length_of(middle, last) > CORNER_LEAST;
            if (!turns || fmaxf(least_of_level, least[k]) < router->least)
                try_points(router, out, in,
                           level == out ? (Point[]){first, middle, last} : (Point[]){last, middle, first}, 3);
        }
    }
}

// ---- where wires leave and enter --------------------------------------------------------------------------------
static Port port_of(const Stand *stand, int side, float cost)
{
    float x = side == LEFT    ? -stand->w
              : side == RIGHT ? stand->w
                              : 0,
          y = side == TOP      ? -stand->h
              : side == BOTTOM ? stand->h
                               : 0;
    return (Port){{stand->at.x + x, stand->at.y + y}, side, cost};
}

static int ports_out(const Cell *cell, const Stand *stand, Port *port)
{
    static const float box[SIDES] = {[LEFT] = 20, [RIGHT] = 5, [TOP] = 0, [BOTTOM] = 40};
    if (stand->outside) {
        *port = (Port){{cell->area.x, stand->at.y}, RIGHT, 0};
        return 1;
    }
    for (int side = 0; side < SIDES; side++)
        port[side] = port_of(stand, side, stand->round ? (side == LEFT ? 10 : 0) : box[side]);
    return SIDES;
}

// Of two that a sum reads, the state enters left of the middle and the input right of it, unless it stands just below.
static int ports_in(const Cell *cell, const Stand *stand, int from, bool first, Port *port)
{
    static const float box[SIDES] = {[LEFT] = 10, [RIGHT] = 10, [TOP] = 6, [BOTTOM] = 0},
                       sum[SIDES] = {[LEFT] = 25, [RIGHT] = 20, [TOP] = 30, [BOTTOM] = 0};
    for (int side = 0; side < SIDES; side++)
        port[side] = port_of(stand, side, stand->round ? 0 : cell_sums(cell, stand) ? sum[side] : box[side]);
    if (cell_sums(cell, stand) && cell_row(cell, stand)->b != NONE && cell->stands[from].column != stand->column)
        port[BOTTOM].at.x += fminf(stand->w * 0.3f, 6) * (first ? 1 : -1);
    return SIDES;
}

static void route(Cell *cell, int from, int to, const Port *in, int in_count)
{
    const float clear = 50; // few corners, and no worse than a crossing
    Port out[PORTS_MOST];
    int out_count = ports_out(cell, &cell->stands[from], out);
    Router router = {.cell = cell, .least = INFINITY, .tried = {.from = from, .to = to}, .length = costs.length};
    for (int i = 0; i < cell->wire_count; i++)
        router.length = cell->wires[i].from == from ? costs.shared : router.length;
    for (int i = 0; i < out_count * in_count; i++) {
        router.cost = out[i / in_count].cost + in[i % in_count].cost;
        try_simple(&router, &out[i / in_count], &in[i % in_count]);
    }
    for (int i = 0; i < out_count * in_count && router.least > clear; i++) {
        router.cost = out[i / in_count].cost + in[i % in_count].cost;
        try_round(&router, &out[i / in_count], &in[i % in_count]);
    }
    cell->wires[cell->wire_count++] = router.best;
}

// ---- all of them ------------------------------------------------------------------------------------------------
static int stand_of(const Cell *cell, int slot)
{
    for (int i = 0; i < cell->stand_count; i++)
        if (cell->stands[i].slot == slot)
            return i;
    return NONE;
}

static void route_operands(Cell *cell, bool outside)
{
    for (int to = 0; to < cell->stand_count; to++) {
        const Stand *stand = &cell->stands[to];
        const Row *row = cell_row(cell, stand);
        for (int i = 0; i < op_types[row->kind].operands && !stand->outside; i++) {
            int from = stand_of(cell, i ? row->b : row->a);
            Port in[PORTS_MOST];
            if (from != NONE && cell->stands[from].outside == outside)
                route(cell, from, to, in, ports_in(cell, stand, from, i == 0, in));
        }
    }
}

// States leave at the right in their lane, straight; then what is within the cell, then what comes from outside.
void cell_route(Cell *cell)
{
    cell->wires = arena_new(cell->out->arena, Wire, 3 * cell->stand_count);
    for (int i = 0; i < cell->stand_count; i++) {
        Port right = {{cell->area.x + cell->area.w, cell->stands[i].at.y}, RIGHT, 0};
        right.side = LEFT;
        if (!cell->stands[i].outside && cell->program->slots[cell->stands[i].slot].delay != NONE)
            route(cell, i, OUT, &right, 1);
    }
    route_operands(cell, false);
    route_operands(cell, true);
}
