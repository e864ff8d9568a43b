#ifndef UI_FORMULA_H
#define UI_FORMULA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "font/font.h"
#include "ui/theme.h"

// Mathematics from a small TeX-like text:
//
//   a_b  a^b  a_{bc}^{de}       sub- and superscripts
//   \frac{a}{b}  \sqrt{a}       fractions, roots
//   \hat{y}  \tilde{c}  \bar{x} accents; also \dot \vec
//   \alpha … \Omega  \partial \sum \prod \odot \times \cdot \le \ge \ne \to \gets \in \infty \top \pm …
//   \sigma(x)  \tanh  \exp  \ln \diag  upright names;  \text{words}
//   \forward{…} \backward{…} \clip{…} \soft{…} \strong{…}   inks
//   \left( … \right)           ( ) [ ] \{ \} | \| that stretch to what they hold; . stands for none
//   \norm{a}                   ‖a‖, stretching; \| alone is the sign ‖ and does not stretch
//   \link{name}{…}             sets as its group alone would; the laid out formula tells where it lies
//   \, \: \; \quad \!          spaces;  \{ \} \_ \\ themselves
//
// Letters are italic, digits and names upright, as STIX sets them. Several letters side by side in a sub- or
// superscript are a name and stand upright: the hh of W_{hh}, but the f and the t of z_{f,t} are italic; a blank
// between letters makes them a product.
typedef struct {
    Face face;
    float size;
    float x, y; // start of the piece's text on its baseline, from the formula's start on its baseline; y is down
    Ink ink;
    const char *text; // NULL: a rule (fraction bar, root) of w × h px with its top left corner at (x, y)
    float w, h;
} FormulaPiece;

// Where a linked group lies: what can be pointed at. From the formula's start on its baseline, like pieces.
typedef struct {
    const char *name;
    float x, y, w, h;
} FormulaLink;

typedef struct {
    FormulaPiece *pieces; // in the arena
    int count;
    FormulaLink *links; // in the arena, in the order in which they end
    int link_count;
    float width, ascent, descent; // px; descent is how far it reaches below the baseline
} Formula;

// Lays a formula out. A bad one is refused with its column ("column 7: there is no \"\\foo\""); then *out holds the
// source text as plain words, so that something can be shown. The column counts characters from 1.
bool formula_layout(Fonts *fonts, Arena *arena, Ink ink, float size, const char *text, Formula *out, Err *err);

// How wide it will be, px; of a bad one its source text.
float formula_width(Fonts *fonts, Arena *arena, float size, const char *text);

// Whether a formula can be laid out; needs no fonts. A bad one is refused likewise.
bool formula_check(const char *text, Err *err);

#endif
