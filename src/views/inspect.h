#ifndef VIEWS_INSPECT_H
#define VIEWS_INSPECT_H

#include "ui/draw.h"
#include "views/explain.h"
#include "views/terms.h"

// The parts of the inspector: an equation as mathematics, as pictures, as numbers. Each takes what it needs off the top
// of `room` and draws nothing where that is not there.
typedef struct {
    const Snapshot *snapshot;
    DrawList *out;
    Rect room; // what is not drawn on yet
    bool narrow;
    Terms terms;  // of the formulas
    int formulas; // drawn so far
    Rect fact;    // the last one; h = 0: there was no room for it
} Inspector;

// Result and right side, as large as fits between 11 and `size` px; a longer one is broken into lines before its plus
// signs, and before factors.
void inspect_formula(Inspector *in, const Equation *equation, bool diag, float size);
bool inspect_formula_fits(const Inspector *in, const Equation *equation, bool diag); // in one line

void inspect_line(Inspector *in, const char *formula, float size); // one that is no Equation

// Matrices as heat maps, vectors as columns, in the order of the equation, signs between; at most `height` high.
void inspect_picture(Inspector *in, const Equation *equation, const char *name, float height);

// What an operand of one says: the name, and of the cell that is pointed at its place and value.
void inspect_operand_hot(const Inspector *in, const Operand *operand, const char *name, Rect rect);
double inspect_largest(const Operand *operand, int row, int rows, int column, int columns); // in magnitude

// Exact enough to work it out: a line a unit, the chosen unit first.
void inspect_table(Inspector *in, const Equation *equation);
float inspect_table_height(const Equation *equation); // that shows all units where they are few

float inspect_least(const Inspector *in); // size of text: smaller in a column than where the view is large

void inspect_title(Inspector *in, Ink ink, const char *title, const char *shorter);
void inspect_note(Inspector *in, const char *note);
void inspect_fact(Inspector *in, const char *label, const char *less, const char *value, Ink ink);
void inspect_fact_tip(const Inspector *in, const char *name, const char *what, const char *exact); // of the last one
const char *inspect_times(const Inspector *in, double factor);                                     // "× 0.74"
const char *inspect_number(const Inspector *in, double value);

// The grains, a file each; and an explanation with its pictures and numbers, below the cell with fewer pictures.
void inspect_op(Inspector *in);
void inspect_step(Inspector *in);
void inspect_update(Inspector *in);
void inspect_explanation(Inspector *in, const Explanation *explanation, bool below_cell);

#endif
