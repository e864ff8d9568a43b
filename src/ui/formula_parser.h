#ifndef UI_FORMULA_PARSER_H
#define UI_FORMULA_PARSER_H

#include "ui/formula_tree.h"

// A parser by recursive descent: a row is items, an item is an atom with its scripts, an atom is a character, a group
// or a command with its arguments. formula_parse.c reads all of it but the commands, which are formula_commands.c's.
// Each function returns NULL after a refusal.
typedef struct {
    Arena *arena;
    const char *text, *at;
    Ink ink;
    bool in_script; // letters side by side are a name
    int depth, nodes;
    Err *err;
} Parser;

// Refuses with the column of `where`.
Node *parser_refuse(Parser *p, const char *where, const char *format, ...) __attribute__((format(printf, 3, 4)));

Node *parser_node(Parser *p, NodeKind kind, SignClass class);
Node *parser_sign(Parser *p, SignClass class, Face face, const char *text, int length);
Node *parser_symbol(Parser *p, const Symbol *symbol);

void parser_skip_blanks(Parser *p);
int parser_name_length(const char *name);           // of the name behind a backslash: letters, or one character
bool parser_sees(const char *at, const char *name); // whether \name stands there, and nothing longer

Node *parser_row(Parser *p);     // to the end, "}" or \right
Node *parser_command(Parser *p); // p->at is at its backslash

// What a command or a script is about: a group, a command, or one character; never a whole number. `of` is named
// where it is missing.
Node *parser_argument(Parser *p, const char *of, int of_length);

#endif
