#ifndef UI_FORMULA_TREE_H
#define UI_FORMULA_TREE_H

#include "ui/formula.h"

// How a formula is made: formula_parse reads the text into a tree of nodes, formula_layout places the nodes. Signs come
// from the tables of formula_symbols.c. Only the files formula*.c and their test include this.

// What a sign does in a formula decides the space around it (Knuth, The TeXbook, chapter 18).
typedef enum {
    CLASS_ORD,   // x, 2, ∂
    CLASS_OP,    // tanh
    CLASS_BIN,   // +, ⊙
    CLASS_REL,   // =, ←
    CLASS_OPEN,  // (
    CLASS_CLOSE, // )
    CLASS_PUNCT, // ,
    CLASS_INNER, // a fraction, what stands between \left and \right
    CLASS_SUM,   // ∑, an OP that is drawn larger where there is room
    CLASSES,
} SignClass;

typedef struct {
    const char *name; // what is typed: "alpha" for \alpha, "-" for -
    const char *text; // what is set: "α", "−"
    SignClass class;
    Face face;
} Symbol;

extern const Symbol formula_symbols[];    // typed with a backslash; ends with a NULL name
extern const Symbol formula_characters[]; // typed as they are

const Symbol *symbol_find(const Symbol *symbols, const char *name, int length); // or NULL
bool is_named(const char *word, const char *name, int length); // asked very often: most differ in the first byte

// How far a text reaches above and below its baseline, and how far its letters lean out of its width, the first one to
// the left and the last one to the right. In em.
typedef struct {
    float up, down, lean_left, lean;
} Extent;

Extent sign_extent(Face face, const char *text);

typedef enum {
    NODE_ROW,      // body and its `next`s
    NODE_SIGN,     // text
    NODE_SCRIPTS,  // body with sub, super
    NODE_FRACTION, // body over sub
    NODE_ROOT,     // √body
    NODE_ACCENT,   // text over body
    NODE_FENCE,    // body between text and close
    NODE_SPACE,
    NODE_LINK_BEGINS, // text: its name; both take no room and part nothing
    NODE_LINK_ENDS,
} NodeKind;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    SignClass class;
    Ink ink;
    Face face;
    bool loose;        // a row whose nodes belong to the row around it
    const char *text;  // in the arena or the tables
    const char *close; // of a fence
    float space;       // em
    Node *body, *sub, *super;
    Node *next; // in its row
};

enum { FORMULA_DEPTH = 32 }; // groups, arguments and scripts within each other

// NULL on a refusal. *nodes is how many there are.
Node *formula_parse(Arena *arena, Ink ink, const char *text, int *nodes, Err *err);

// The bytes of the UTF-8 character that starts here; 0 at the end of the text and where it is broken.
int character_length(const char *text);

#endif
