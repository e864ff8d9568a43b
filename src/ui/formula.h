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
//   \hat{y}  \tilde{c}  \bar{x} accents
//   \alpha … \Omega  \partial \sum \prod \odot \times \cdot \le \ge \ne \to \gets \in \infty \norm \top \pm …
//   \sigma(x)  \tanh  \exp  \ln \diag  upright names;  \text{words}
//   \forward{…} \backward{…} \clip{…} \soft{…} \strong{…}   inks
//   \left( … \right)  ( ) [ ] | \| stretch to what they hold
//   \, \; \quad  spaces;  \{ \} \_ \\ themselves
//
// Letters are italic, digits and names upright, as STIX sets them.
typedef struct {
    Face face;
    float size;
    float x, y; // on the piece's baseline, from the formula's start on its baseline
    Ink ink;
    const char *text; // NULL: a rule (fraction bar, root) of w × h px
    float w, h;
} FormulaPiece;

typedef struct {
    FormulaPiece *pieces; // in the arena
    int count;
    float width, ascent, descent;
} Formula;

// Lays a formula out. A bad one is refused with its column; then *out holds the source text as plain words, so
// that something can be shown.
bool formula_layout(Fonts *fonts, Arena *arena, Ink ink, float size, const char *text, Formula *out, Err *err);

#endif
