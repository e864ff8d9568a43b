#include "ui/formula.h"

#include <math.h>

#include "ui/formula_lay.h"

float lay_em(const Setter *s, Level level)
{
    static const float scale[LEVELS] = {1, 1, 0.7f, 0.55f};
    return s->size * scale[level];
}

// ---- pieces and boxes ------------------------------------------------------------
float lay_text(Setter *s, Ink ink, Face face, float size, const char *text, float x, float y)
{
    s->pieces[s->count++] = (FormulaPiece){.face = face, .size = size, .x = x, .y = y, .ink = ink, .text = text};
    return (float)font_width(s->fonts, face, (double)size, text);
}

void lay_rule(Setter *s, Ink ink, float x, float y, float w, float h)
{
    s->pieces[s->count++] = (FormulaPiece){.x = x, .y = y, .ink = ink, .w = w, .h = h};
}

Mark lay_mark(const Setter *s)
{
    return (Mark){s->count, s->link_count};
}

void lay_move(Setter *s, Mark from, Mark to, float x, float y)
{
    for (int i = from.pieces; i < to.pieces; i++) {
        s->pieces[i].x += x;
        s->pieces[i].y += y;
    }
    for (int i = from.links; i < to.links; i++) {
        s->links[i].x += x;
        s->links[i].y += y;
    }
}

Box box_around(Box a, Box b, float width)
{
    return (Box){width, fmaxf(a.ascent, b.ascent), fmaxf(a.descent, b.descent), 0};
}

Box box_moved(Box box, float down)
{
    box.ascent -= down;
    box.descent += down;
    return box;
}

// ---- a sign -------------------------------------------------------------------------
// A sum is enlarged about the axis, on which STIX centres such signs.
static Box lay_sign(Setter *s, const Node *node, Level level)
{
    float larger = node->class == CLASS_SUM && level == LEVEL_DISPLAY ? 1.35f : 1;
    float size = lay_em(s, level) * larger, down = 0.253f * lay_em(s, level) * (larger - 1);
    Extent extent = sign_extent(node->face, node->text);
    float left = extent.lean_left * size;
    float width = left + lay_text(s, node->ink, node->face, size, node->text, left, down);
    return box_moved((Box){width, extent.up * size, extent.down * size, extent.lean * size}, down);
}

// ---- a row: the space between neighbours ------------------------------------------------
// Left of right, as The TeXbook has it on page 170: 1 thin; a thin, b medium, c thick, but not in scripts. What
// cannot stand side by side has 0.
static const char spaces[CLASSES][CLASSES + 1] = {
    // right:        ORD OP BIN REL OPEN CLOSE PUNCT INNER SUM
    [CLASS_ORD] = "01bc000a1",   [CLASS_OP] = "110c000a1",    [CLASS_BIN] = "bb00b00bb",
    [CLASS_REL] = "cc00c00cc",   [CLASS_OPEN] = "000000000",  [CLASS_CLOSE] = "01bc000a1",
    [CLASS_PUNCT] = "aa0aaaaaa", [CLASS_INNER] = "a1bca0aa1", [CLASS_SUM] = "110c000a1",
};

static float space_between(SignClass left, SignClass right, Level level)
{
    enum { THIN = 3, MEDIUM = 4, THICK = 5 }; // eighteenths of an em
    bool script = level >= LEVEL_SCRIPT;
    switch (spaces[left][right]) {
    case '1':
        return THIN / 18.0f;
    case 'a':
        return script ? 0 : THIN / 18.0f;
    case 'b':
        return script ? 0 : MEDIUM / 18.0f;
    case 'c':
        return script ? 0 : THICK / 18.0f;
    default:
        return 0;
    }
}

static bool one_of(SignClass class, const char *flags)
{
    return flags[class] == '1';
}

static bool is_no_sign(const Node *node)
{
    return node->kind == NODE_SPACE || node->kind == NODE_LINK_BEGINS || node->kind == NODE_LINK_ENDS;
}

// A + without a term to its left or right is the sign of a number, as in −1.
static SignClass class_between(const Node *left, SignClass left_class, const Node *node)
{
    static const char term_follows[CLASSES + 1] = "011110101", term_ended[CLASSES + 1] = "000101100";
    const Node *right = node->next;
    while (right && is_no_sign(right))
        right = right->next;
    bool starts = !left || one_of(left_class, term_follows);
    bool ends = !right || one_of(right->class, term_ended);
    return node->class == CLASS_BIN && (starts || ends) ? CLASS_ORD : node->class;
}

// A link reaches from where its first sign stands, behind the space before that, to where the row is when it ends.
typedef struct {
    const char *name;
    float x;
    bool begun; // its first sign is set
    Box box;    // of its signs
} OpenLink;

static void link_grows(OpenLink *link, float x, Box own)
{
    link->x = link->begun ? link->x : x;
    link->begun = true;
    link->box = box_around(link->box, own, 0);
}

static void link_ends(Setter *s, const OpenLink *link, float x)
{
    s->links[s->link_count++] =
        (FormulaLink){link->name, link->x, -link->box.ascent, x - link->x, link->box.ascent + link->box.descent};
}

Box lay_row(Setter *s, const Node *row, Level level)
{
    Box box = {0, 0, 0, 0};
    const Node *left = NULL;
    SignClass left_class = CLASS_ORD;
    OpenLink links[FORMULA_DEPTH];
    int open = 0;
    for (const Node *node = row->body; node; node = node->next) {
        if (node->kind == NODE_LINK_BEGINS)
            links[open++] = (OpenLink){.name = node->text, .x = box.width};
        if (node->kind == NODE_LINK_ENDS)
            link_ends(s, &links[--open], box.width + box.lean);
        Mark from = lay_mark(s);
        Box own = lay_node(s, node, level);
        if (!is_no_sign(node)) {
            SignClass class = class_between(left, left_class, node);
            box.width += class == CLASS_ORD ? 0 : box.lean; // a letter may lean over a letter, not into a bracket
            box.width += left ? space_between(left_class, class, level) * lay_em(s, level) : 0;
            left = node;
            left_class = class;
            for (int i = 0; i < open; i++)
                link_grows(&links[i], box.width, own);
        }
        lay_move(s, from, lay_mark(s), box.width, 0);
        float lean = is_no_sign(node) && node->kind != NODE_SPACE ? box.lean : own.lean;
        box = box_around(box, own, box.width + own.width);
        box.lean = lean;
    }
    return box;
}

// ---- all of it ----------------------------------------------------------------------------
static Box lay_space(const Setter *s, const Node *node, Level level)
{
    return (Box){node->space * lay_em(s, level), 0, 0, 0};
}

Box lay_node(Setter *s, const Node *node, Level level)
{
    switch (node->kind) {
    case NODE_ROW:
        return lay_row(s, node, level);
    case NODE_SIGN:
        return lay_sign(s, node, level);
    case NODE_SCRIPTS:
        return lay_scripts(s, node, level);
    case NODE_FRACTION:
        return lay_fraction(s, node, level);
    case NODE_ROOT:
        return lay_root(s, node, level);
    case NODE_ACCENT:
        return lay_accent(s, node, level);
    case NODE_FENCE:
        return lay_fence(s, node, level);
    case NODE_SPACE:
        return lay_space(s, node, level);
    default:
        return (Box){0, 0, 0, 0};
    }
}

// Words that can be shown whatever the text was: broken bytes become ?
static const char *shown_words(Arena *arena, const char *text)
{
    char *words = arena_print(arena, "%s", text);
    for (char *at = words; *at; at += character_length(at))
        if (!character_length(at))
            *at = '?';
    return words;
}

static void lay_words(Setter *s, Arena *arena, Ink ink, const char *text, Formula *out)
{
    s->pieces = arena_new(arena, FormulaPiece, 1);
    float width = lay_text(s, ink, FACE_WORDS, s->size, shown_words(arena, text), 0, 0);
    *out = (Formula){
        .pieces = s->pieces, .count = s->count, .width = width, .ascent = 0.75f * s->size, .descent = 0.25f * s->size};
}

bool formula_check(const char *text, Err *err)
{
    int nodes;
    Arena scratch = arena_make(1 << 12);
    bool good = formula_parse(&scratch, INK_TEXT, text, &nodes, err) != NULL;
    arena_free(&scratch);
    return good;
}

bool formula_layout(Fonts *fonts, Arena *arena, Ink ink, float size, const char *text, Formula *out, Err *err)
{
    Setter setter = {.fonts = fonts, .size = size};
    int nodes;
    const Node *row = formula_parse(arena, ink, text, &nodes, err);
    if (!row) {
        lay_words(&setter, arena, ink, text, out);
        return false;
    }
    setter.pieces = arena_new(arena, FormulaPiece, nodes * PIECES_OF_A_NODE);
    setter.links = arena_new(arena, FormulaLink, nodes);
    Box box = lay_row(&setter, row, LEVEL_DISPLAY);
    *out = (Formula){.pieces = setter.pieces,
                     .count = setter.count,
                     .links = setter.links,
                     .link_count = setter.link_count,
                     .width = box.width + box.lean,
                     .ascent = box.ascent,
                     .descent = box.descent};
    return true;
}

float formula_width(Fonts *fonts, Arena *arena, float size, const char *text)
{
    Formula formula;
    Err err;
    formula_layout(fonts, arena, INK_TEXT, size, text, &formula, &err);
    return formula.width;
}
