#ifndef UI_FORMULA_LAY_H
#define UI_FORMULA_LAY_H

#include "ui/formula_tree.h"

// Layout after appendix G of Knuth's TeXbook, with the same faces at all sizes. A node is set at the origin and then
// moved to its place, for where it goes depends on how large it turns out. formula.c sets signs and rows,
// formula_build.c what is built of several.

// Formulas shrink as they nest.
typedef enum {
    LEVEL_DISPLAY, // the formula itself
    LEVEL_TEXT,    // above and below its fraction bars
    LEVEL_SCRIPT,
    LEVEL_SMALL, // script of a script
    LEVELS,
} Level;

typedef struct {
    Fonts *fonts;
    float size; // of the whole formula
    FormulaPiece *pieces;
    int count;
    FormulaLink *links;
    int link_count;
} Setter;

enum { PIECES_OF_A_NODE = 4 }; // at most: two double bars

typedef struct {
    float width, ascent, descent; // px
    float lean;                   // how far the last letter leans out of the width, px
} Box;

Box lay_node(Setter *s, const Node *node, Level level);
Box lay_row(Setter *s, const Node *row, Level level);

float lay_em(const Setter *s, Level level);
float lay_text(Setter *s, Ink ink, Face face, float size, const char *text, float x, float y); // returns its width
void lay_rule(Setter *s, Ink ink, float x, float y, float w, float h);
// Where pieces and links stand now, so that those set since then can be moved.
typedef struct {
    int pieces, links;
} Mark;

Mark lay_mark(const Setter *s);
void lay_move(Setter *s, Mark from, Mark to, float x, float y); // what was set from one mark to the other

Box box_around(Box a, Box b, float width);
Box box_moved(Box box, float down);

Box lay_scripts(Setter *s, const Node *node, Level level);
Box lay_fraction(Setter *s, const Node *node, Level level);
Box lay_root(Setter *s, const Node *node, Level level);
Box lay_accent(Setter *s, const Node *node, Level level);
Box lay_fence(Setter *s, const Node *node, Level level);

#endif
