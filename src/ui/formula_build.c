#include <math.h>
#include <string.h>

#include "ui/formula_lay.h"

// Heights and widths in em. How far scripts and fractions go up and down are Computer Modern's, for STIX's own tables
// are in another font; the measures of signs are STIX's.
static const float X_HEIGHT = 0.45f, AXIS = 0.253f; // the axis is where fraction bars and minus signs lie

static float rule_width(const Setter *s, Level level)
{
    return fmaxf(0.055f * lay_em(s, level), 0.75f);
}

// ---- scripts -----------------------------------------------------------------------------
static const float SUPER_UP = 0.39f, SUB_DOWN = 0.15f, SUB_DOWN_UNDER_SUPER = 0.247f, SUPER_DROP = 0.386f,
                   SUB_DROP = 0.05f, BEHIND_SCRIPTS = 0.05f;

static Level level_of_script(Level level)
{
    return level < LEVEL_SCRIPT ? LEVEL_SCRIPT : LEVEL_SMALL;
}

// A sign keeps its scripts at fixed heights, so that they stand in line; at what is larger they follow its edges.
static bool is_plain_sign(const Node *node)
{
    return node->kind == NODE_SIGN && node->class != CLASS_SUM;
}

static float super_up(const Setter *s, const Node *node, Box body, Box super, Level level)
{
    float edge = is_plain_sign(node->body) ? 0 : body.ascent - SUPER_DROP * lay_em(s, level_of_script(level));
    return fmaxf(fmaxf(edge, SUPER_UP * lay_em(s, level)), super.descent + X_HEIGHT / 4 * lay_em(s, level));
}

static float sub_down(const Setter *s, const Node *node, Box body, Box sub, Level level)
{
    float least = (node->super ? SUB_DOWN_UNDER_SUPER : SUB_DOWN) * lay_em(s, level);
    float edge = is_plain_sign(node->body) ? 0 : body.descent + SUB_DROP * lay_em(s, level_of_script(level));
    return fmaxf(fmaxf(edge, least), sub.ascent - X_HEIGHT * 0.8f * lay_em(s, level));
}

// How much lower the subscript must go to keep three rules off the superscript.
static float too_near(const Setter *s, float up, float down, Box super, Box sub, Level level)
{
    float between = (up - super.descent) - (sub.ascent - down);
    return fmaxf(0, 3 * rule_width(s, level) - between);
}

Box lay_scripts(Setter *s, const Node *node, Level level)
{
    Level small = level_of_script(level);
    Box body = lay_node(s, node->body, level), super = {0}, sub = {0}, all = body;
    Mark super_from = lay_mark(s);
    if (node->super)
        super = lay_node(s, node->super, small);
    Mark sub_from = lay_mark(s);
    if (node->sub)
        sub = lay_node(s, node->sub, small);

    float up = super_up(s, node, body, super, level), down = sub_down(s, node, body, sub, level);
    if (node->super && node->sub)
        down += too_near(s, up, down, super, sub, level);
    lay_move(s, super_from, sub_from, body.width + body.lean, -up);
    lay_move(s, sub_from, lay_mark(s), body.width, down);
    if (node->super)
        all = box_around(all, box_moved(super, -up), 0);
    if (node->sub)
        all = box_around(all, box_moved(sub, down), 0);
    all.width = body.width + fmaxf(body.lean + super.width + super.lean, sub.width + sub.lean);
    all.width += BEHIND_SCRIPTS * lay_em(s, level);
    return all;
}

// ---- fractions and roots --------------------------------------------------------------------
static const float ABOVE_UP[] = {0.677f, 0.394f}, BELOW_DOWN[] = {0.686f, 0.345f}; // display, else
static const float ROOT_TOP = 0.973f, ROOT_HEIGHT = 1.232f, ROOT_WIDTH = 0.945f, ROOT_LEAST = 0.8f;

static Level level_of_fraction(Level level)
{
    return level < LEVEL_SMALL ? (Level)(level + 1) : LEVEL_SMALL;
}

Box lay_fraction(Setter *s, const Node *node, Level level)
{
    bool inner = level != LEVEL_DISPLAY;
    float size = lay_em(s, level), rule = rule_width(s, level), axis = AXIS * size, side = 0.08f * size;
    float gap = rule * (inner ? 1.5f : 2.5f);
    Mark above_from = lay_mark(s);
    Box above = lay_node(s, node->body, level_of_fraction(level));
    Mark below_from = lay_mark(s);
    Box below = lay_node(s, node->sub, level_of_fraction(level));

    float up = fmaxf(ABOVE_UP[inner] * size, axis + rule / 2 + gap + above.descent);
    float down = fmaxf(BELOW_DOWN[inner] * size, below.ascent + gap + rule / 2 - axis);
    float above_width = above.width + above.lean, below_width = below.width + below.lean;
    float bar = fmaxf(above_width, below_width) + side;
    lay_move(s, above_from, below_from, side + (bar - above_width) / 2, -up);
    lay_move(s, below_from, lay_mark(s), side + (bar - below_width) / 2, down);
    lay_rule(s, node->ink, side, -axis - rule / 2, bar, rule);
    return box_around(box_moved(above, -up), box_moved(below, down), bar + 2 * side);
}

// The sign is as high as what it holds, and its bar begins where its stroke ends.
Box lay_root(Setter *s, const Node *node, Level level)
{
    float size = lay_em(s, level), rule = rule_width(s, level);
    Mark from = lay_mark(s);
    Box body = lay_node(s, node->body, level);
    body.ascent = fmaxf(body.ascent, X_HEIGHT * size) + 0.12f * size + rule;
    float sign = fmaxf((body.ascent + body.descent) / ROOT_HEIGHT, ROOT_LEAST * size);
    float x = ROOT_WIDTH * sign;
    lay_move(s, from, lay_mark(s), x, 0);
    lay_text(s, node->ink, FACE_MATH, sign, "√", 0, ROOT_TOP * sign - body.ascent);
    lay_rule(s, node->ink, x, -body.ascent, body.width + body.lean + 0.05f * size, rule);
    body.descent = fmaxf(body.descent, ROOT_HEIGHT * sign - body.ascent);
    body.width += x + body.lean + 0.1f * size;
    body.lean = 0;
    return body;
}

// ---- accents ---------------------------------------------------------------------------------
static bool is_italic(const Node *node)
{
    while (node->kind == NODE_ROW && node->body && !node->body->next)
        node = node->body;
    return node->kind == NODE_SIGN && node->face == FACE_MATH_ITALIC;
}

// The sign hovers over letters without ascenders; it is raised over higher ones, and moved a little after an
// italic's slant.
Box lay_accent(Setter *s, const Node *node, Level level)
{
    static const float skew = 0.085f, top = 0.68f;
    float size = lay_em(s, level);
    Box body = lay_node(s, node->body, level);
    float raised = fmaxf(0, body.ascent - X_HEIGHT * size);
    float middle = body.width / 2 + (is_italic(node->body) ? skew * size : body.lean / 2);
    lay_text(s, node->ink, FACE_MATH, size, node->text, middle - node->space * size, -raised);
    body.ascent = raised + top * size;
    return body;
}

// ---- fences ----------------------------------------------------------------------------------
typedef struct {
    float up, scale; // half the height, px; how much larger than the sign is by itself
} Stretch;

// Signs of STIX reach 0.427 em up and down from the axis; they cover most of what they hold.
static Stretch stretch_to(const Setter *s, Box body, Level level)
{
    float axis = AXIS * lay_em(s, level), own = 0.427f * lay_em(s, level);
    float up = 0.97f * fmaxf(body.ascent - axis, body.descent + axis);
    return (Stretch){fmaxf(up, own), up > 1.08f * own ? up / own : 1};
}

// Bars that stretch grow in length alone: they are rules, of whole pixels so that two of them look alike.
static float lay_bars(Setter *s, const Node *node, int bars, Stretch stretch, float size)
{
    float first = 0.07f * size, apart = 0.2f * size, thick = fmaxf(1, roundf(0.06f * size));
    for (int i = 0; i < bars; i++)
        lay_rule(s, node->ink, first + apart * (float)i, -AXIS * size - stretch.up, thick, 2 * stretch.up);
    return 2 * first + thick + apart * (float)(bars - 1);
}

static float lay_delimiter(Setter *s, const Node *node, const char *text, Stretch stretch, float size)
{
    if (!*text)
        return 0;
    bool bar = strcmp(text, "|") == 0 || strcmp(text, "‖") == 0;
    if (bar && stretch.scale > 1)
        return lay_bars(s, node, strcmp(text, "‖") == 0 ? 2 : 1, stretch, size);
    float down = AXIS * size * (stretch.scale - 1);
    return lay_text(s, node->ink, FACE_MATH, size * stretch.scale, text, 0, down);
}

Box lay_fence(Setter *s, const Node *node, Level level)
{
    float size = lay_em(s, level);
    Mark from = lay_mark(s);
    Box body = lay_node(s, node->body, level);
    Stretch stretch = stretch_to(s, body, level);
    Mark open_from = lay_mark(s);
    float open = lay_delimiter(s, node, node->text, stretch, size);
    lay_move(s, from, open_from, open, 0);
    Mark close_from = lay_mark(s);
    float width = open + body.width + body.lean;
    float close = lay_delimiter(s, node, node->close, stretch, size);
    lay_move(s, close_from, lay_mark(s), width, 0);
    Box fence = {width + close, AXIS * size + stretch.up, stretch.up - AXIS * size, 0};
    return box_around(body, fence, width + close);
}
