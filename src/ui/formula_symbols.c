#include <string.h>

#include "ui/formula_tree.h"

// clang-format off
const Symbol formula_symbols[] = {
    // Greek, small letters italic
    { "alpha", "α", CLASS_ORD, FACE_MATH_ITALIC }, { "beta", "β", CLASS_ORD, FACE_MATH_ITALIC },
    { "gamma", "γ", CLASS_ORD, FACE_MATH_ITALIC }, { "delta", "δ", CLASS_ORD, FACE_MATH_ITALIC },
    { "epsilon", "ϵ", CLASS_ORD, FACE_MATH_ITALIC }, { "varepsilon", "ε", CLASS_ORD, FACE_MATH_ITALIC },
    { "zeta", "ζ", CLASS_ORD, FACE_MATH_ITALIC }, { "eta", "η", CLASS_ORD, FACE_MATH_ITALIC },
    { "theta", "θ", CLASS_ORD, FACE_MATH_ITALIC }, { "vartheta", "ϑ", CLASS_ORD, FACE_MATH_ITALIC },
    { "iota", "ι", CLASS_ORD, FACE_MATH_ITALIC }, { "kappa", "κ", CLASS_ORD, FACE_MATH_ITALIC },
    { "lambda", "λ", CLASS_ORD, FACE_MATH_ITALIC }, { "mu", "μ", CLASS_ORD, FACE_MATH_ITALIC },
    { "nu", "ν", CLASS_ORD, FACE_MATH_ITALIC }, { "xi", "ξ", CLASS_ORD, FACE_MATH_ITALIC },
    { "omicron", "ο", CLASS_ORD, FACE_MATH_ITALIC }, { "pi", "π", CLASS_ORD, FACE_MATH_ITALIC },
    { "rho", "ρ", CLASS_ORD, FACE_MATH_ITALIC }, { "sigma", "σ", CLASS_ORD, FACE_MATH_ITALIC },
    { "varsigma", "ς", CLASS_ORD, FACE_MATH_ITALIC }, { "tau", "τ", CLASS_ORD, FACE_MATH_ITALIC },
    { "upsilon", "υ", CLASS_ORD, FACE_MATH_ITALIC }, { "phi", "ϕ", CLASS_ORD, FACE_MATH_ITALIC },
    { "varphi", "φ", CLASS_ORD, FACE_MATH_ITALIC }, { "chi", "χ", CLASS_ORD, FACE_MATH_ITALIC },
    { "psi", "ψ", CLASS_ORD, FACE_MATH_ITALIC }, { "omega", "ω", CLASS_ORD, FACE_MATH_ITALIC },
    // Greek, capitals
    { "Gamma", "Γ", CLASS_ORD, FACE_MATH }, { "Delta", "Δ", CLASS_ORD, FACE_MATH },
    { "Theta", "Θ", CLASS_ORD, FACE_MATH }, { "Lambda", "Λ", CLASS_ORD, FACE_MATH },
    { "Xi", "Ξ", CLASS_ORD, FACE_MATH }, { "Pi", "Π", CLASS_ORD, FACE_MATH },
    { "Sigma", "Σ", CLASS_ORD, FACE_MATH }, { "Upsilon", "Υ", CLASS_ORD, FACE_MATH },
    { "Phi", "Φ", CLASS_ORD, FACE_MATH }, { "Psi", "Ψ", CLASS_ORD, FACE_MATH },
    { "Omega", "Ω", CLASS_ORD, FACE_MATH },
    // signs that stand like letters
    { "partial", "∂", CLASS_ORD, FACE_MATH_ITALIC }, { "nabla", "∇", CLASS_ORD, FACE_MATH },
    { "infty", "∞", CLASS_ORD, FACE_MATH }, { "top", "⊤", CLASS_ORD, FACE_MATH },
    { "ell", "ℓ", CLASS_ORD, FACE_MATH_ITALIC }, { "R", "ℝ", CLASS_ORD, FACE_MATH },
    { "prime", "′", CLASS_ORD, FACE_MATH }, { "forall", "∀", CLASS_ORD, FACE_MATH },
    { "exists", "∃", CLASS_ORD, FACE_MATH }, { "|", "‖", CLASS_ORD, FACE_MATH },
    { "ldots", "…", CLASS_INNER, FACE_MATH }, { "cdots", "⋯", CLASS_INNER, FACE_MATH },
    // sums
    { "sum", "∑", CLASS_SUM, FACE_MATH }, { "prod", "∏", CLASS_SUM, FACE_MATH },
    { "int", "∫", CLASS_SUM, FACE_MATH },
    // between two terms
    { "times", "×", CLASS_BIN, FACE_MATH }, { "cdot", "⋅", CLASS_BIN, FACE_MATH },
    { "odot", "⊙", CLASS_BIN, FACE_MATH }, { "oplus", "⊕", CLASS_BIN, FACE_MATH },
    { "otimes", "⊗", CLASS_BIN, FACE_MATH }, { "pm", "±", CLASS_BIN, FACE_MATH },
    { "mp", "∓", CLASS_BIN, FACE_MATH }, { "circ", "∘", CLASS_BIN, FACE_MATH },
    { "ast", "∗", CLASS_BIN, FACE_MATH }, { "div", "÷", CLASS_BIN, FACE_MATH },
    // between two sides
    { "le", "≤", CLASS_REL, FACE_MATH }, { "ge", "≥", CLASS_REL, FACE_MATH },
    { "ne", "≠", CLASS_REL, FACE_MATH }, { "ll", "≪", CLASS_REL, FACE_MATH },
    { "gg", "≫", CLASS_REL, FACE_MATH }, { "approx", "≈", CLASS_REL, FACE_MATH },
    { "equiv", "≡", CLASS_REL, FACE_MATH }, { "sim", "∼", CLASS_REL, FACE_MATH },
    { "propto", "∝", CLASS_REL, FACE_MATH }, { "in", "∈", CLASS_REL, FACE_MATH },
    { "to", "→", CLASS_REL, FACE_MATH }, { "gets", "←", CLASS_REL, FACE_MATH },
    { "mapsto", "↦", CLASS_REL, FACE_MATH }, { "Rightarrow", "⇒", CLASS_REL, FACE_MATH },
    { "mid", "|", CLASS_REL, FACE_MATH },
    // names
    { "tanh", "tanh", CLASS_OP, FACE_MATH }, { "exp", "exp", CLASS_OP, FACE_MATH },
    { "ln", "ln", CLASS_OP, FACE_MATH }, { "log", "log", CLASS_OP, FACE_MATH },
    { "sin", "sin", CLASS_OP, FACE_MATH }, { "cos", "cos", CLASS_OP, FACE_MATH },
    { "max", "max", CLASS_OP, FACE_MATH }, { "min", "min", CLASS_OP, FACE_MATH },
    { "argmax", "argmax", CLASS_OP, FACE_MATH }, { "softmax", "softmax", CLASS_OP, FACE_MATH },
    { "diag", "diag", CLASS_OP, FACE_MATH }, { "det", "det", CLASS_OP, FACE_MATH },
    { "ReLU", "ReLU", CLASS_OP, FACE_MATH },
    // what would mean something else without the backslash
    { "{", "{", CLASS_OPEN, FACE_MATH }, { "}", "}", CLASS_CLOSE, FACE_MATH },
    { "_", "_", CLASS_ORD, FACE_MATH }, { "\\", "\\", CLASS_ORD, FACE_MATH },
    { "%", "%", CLASS_ORD, FACE_MATH }, { "#", "#", CLASS_ORD, FACE_MATH },
    { 0 },
};

const Symbol formula_characters[] = {
    { "+", "+", CLASS_BIN, FACE_MATH }, { "-", "−", CLASS_BIN, FACE_MATH },
    { "*", "∗", CLASS_BIN, FACE_MATH }, { "=", "=", CLASS_REL, FACE_MATH },
    { "<", "<", CLASS_REL, FACE_MATH }, { ">", ">", CLASS_REL, FACE_MATH },
    { ":", ":", CLASS_REL, FACE_MATH }, { "(", "(", CLASS_OPEN, FACE_MATH },
    { ")", ")", CLASS_CLOSE, FACE_MATH }, { "[", "[", CLASS_OPEN, FACE_MATH },
    { "]", "]", CLASS_CLOSE, FACE_MATH }, { ",", ",", CLASS_PUNCT, FACE_MATH },
    { ";", ";", CLASS_PUNCT, FACE_MATH }, { "/", "/", CLASS_ORD, FACE_MATH },
    { "|", "|", CLASS_ORD, FACE_MATH }, { ".", ".", CLASS_ORD, FACE_MATH },
    { "!", "!", CLASS_CLOSE, FACE_MATH }, { "?", "?", CLASS_CLOSE, FACE_MATH },
    { "%", "%", CLASS_ORD, FACE_MATH },
    { 0 },
};
// clang-format on

bool is_named(const char *word, const char *name, int length)
{
    return word[0] == name[0] && strncmp(word, name, (size_t)length) == 0 && word[length] == 0;
}

const Symbol *symbol_find(const Symbol *symbols, const char *name, int length)
{
    for (const Symbol *symbol = symbols; symbol->name; symbol++)
        if (is_named(symbol->name, name, length))
            return symbol;
    return NULL;
}

// ---- how large signs are -------------------------------------------------------
// STIX's own measures, for layout needs heights that a width does not tell. The first row that names a character holds.
typedef struct {
    const char *characters;
    float up, down;
} Height;

static const Height heights[] = {
    {"acemnorsuvwxzαεικνοπστυω", 0.45f, 0.01f},
    {"gpqyγημρχϕφςj", 0.45f, 0.215f},
    {"βζξψϑ", 0.68f, 0.21f},
    {"t", 0.56f, 0.01f},
    {"()[]{}|‖", 0.68f, 0.18f},
    {"∑∏", 0.76f, 0.26f},
    {"∫", 0.82f, 0.32f},
    {"=−∼", 0.39f, 0},
    {"+<>≤≥≪≫≈≡∈±∓×→←↦⇒∞∝∗∘÷", 0.55f, 0.05f},
    {"⊙⊕⊗", 0.6f, 0.1f},
    {".…", 0.1f, 0.01f},
    {"⋅⋯:", 0.45f, 0.01f},
    {",;", 0.1f, 0.14f},
    {"Q", 0.67f, 0.18f},
};
static const Height ordinary = {"", 0.68f, 0.015f};  // capitals, digits, b d h k l
static const Height italic_f = {"f", 0.68f, 0.207f}; // the upright one ends on the line

// How far letters of the italic face lean out of their width.
typedef struct {
    const char *characters;
    float left, right;
} Lean;

static const Lean leans[] = {
    {"f", 0.11f, 0.15f}, {"j", 0.1f, 0},          {"pβ", 0.05f, 0},
    {"TVWY", 0, 0.075f}, {"KNIZUJHXψ", 0, 0.05f}, {"MFEC7drΓγπσχ", 0, 0.03f},
};
static const Lean italic = {"", 0, 0.015f}, upright = {"", 0, 0}, upright_f = {"f", 0, 0.05f};

// The first byte of a character of UTF-8 is never one within another.
static bool names(const char *characters, const char *character, int length)
{
    for (; *characters; characters++)
        if (*characters == *character && strncmp(characters, character, (size_t)length) == 0)
            return true;
    return false;
}

static const Height *height_of(Face face, const char *character, int length)
{
    if (face == FACE_MATH_ITALIC && character[0] == 'f')
        return &italic_f;
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++)
        if (names(heights[i].characters, character, length))
            return &heights[i];
    return &ordinary;
}

static const Lean *lean_of(Face face, const char *character, int length)
{
    if (face != FACE_MATH_ITALIC)
        return character[0] == 'f' ? &upright_f : &upright;
    for (size_t i = 0; i < sizeof leans / sizeof *leans; i++)
        if (names(leans[i].characters, character, length))
            return &leans[i];
    return &italic;
}

Extent sign_extent(Face face, const char *text)
{
    Extent extent = {.lean_left = lean_of(face, text, character_length(text))->left};
    for (int length; (length = character_length(text)); text += length) {
        const Height *height = height_of(face, text, length);
        extent.up = height->up > extent.up ? height->up : extent.up;
        extent.down = height->down > extent.down ? height->down : extent.down;
        extent.lean = lean_of(face, text, length)->right;
    }
    return extent;
}
