#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ui/formula_parser.h"

static Node *parse_atom(Parser *p);

// ---- what all of it needs ----------------------------------------------------------
int character_length(const char *text)
{
    unsigned char lead = (unsigned char)text[0];
    int length = lead < 0x80 ? lead != 0 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    for (int i = 1; i < length; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

static int column_of(const char *text, const char *at)
{
    int column = 1;
    for (; text < at; text++)
        column += ((unsigned char)*text & 0xC0) != 0x80;
    return column;
}

Node *parser_refuse(Parser *p, const char *where, const char *format, ...)
{
    char says[200];
    va_list args;
    va_start(args, format);
    vsnprintf(says, sizeof says, format, args);
    va_end(args);
    refuse(p->err, "column %d: %s", column_of(p->text, where), says);
    return NULL;
}

Node *parser_node(Parser *p, NodeKind kind, SignClass class)
{
    Node *made = arena_new(p->arena, Node, 1);
    made->kind = kind;
    made->class = class;
    made->ink = p->ink;
    p->nodes++;
    return made;
}

Node *parser_sign(Parser *p, SignClass class, Face face, const char *text, int length)
{
    Node *made = parser_node(p, NODE_SIGN, class);
    made->face = face;
    made->text = memcpy(arena_alloc(p->arena, (size_t)length + 1), text, (size_t)length);
    return made;
}

Node *parser_symbol(Parser *p, const Symbol *symbol)
{
    Node *made = parser_node(p, NODE_SIGN, symbol->class);
    made->face = symbol->face;
    made->text = symbol->text;
    return made;
}

void parser_skip_blanks(Parser *p)
{
    p->at += strspn(p->at, " \t\r\n");
}

static int letters(const char *text)
{
    int count = 0;
    while (isalpha((unsigned char)text[count]) && (unsigned char)text[count] < 0x80)
        count++;
    return count;
}

// A command is letters, or one character that is none.
int parser_name_length(const char *name)
{
    int count = letters(name);
    return count ? count : character_length(name);
}

bool parser_sees(const char *at, const char *name)
{
    int length = (int)strlen(name);
    return at[0] == '\\' && parser_name_length(at + 1) == length && memcmp(at + 1, name, (size_t)length) == 0;
}

static bool row_ends(const Parser *p)
{
    return *p->at == 0 || *p->at == '}' || parser_sees(p->at, "right");
}

// ---- groups and arguments -------------------------------------------------------------
static Node *parse_group(Parser *p)
{
    const char *open = p->at++;
    Node *row = parser_row(p);
    if (!row)
        return NULL;
    if (*p->at != '}')
        return parser_refuse(p, open, "\"{\" is not closed");
    p->at++;
    return row;
}

// What a command or a script is about: a group, a command, or one character; never a whole number.
Node *parser_argument(Parser *p, const char *of, int of_length)
{
    parser_skip_blanks(p);
    if (row_ends(p) || *p->at == '^' || *p->at == '_')
        return parser_refuse(p, p->at, "something to go with \"%.*s\" is missing", of_length, of);
    if (isdigit((unsigned char)*p->at))
        return parser_sign(p, CLASS_ORD, FACE_MATH, p->at++, 1);
    return parse_atom(p);
}

// ---- atoms --------------------------------------------------------------------------------
static Node *parse_letters(Parser *p)
{
    int count = p->in_script ? letters(p->at) : 1;
    const char *from = p->at;
    p->at += count;
    return parser_sign(p, CLASS_ORD, count > 1 ? FACE_MATH : FACE_MATH_ITALIC, from, count);
}

// 12 or 0.5: a point counts where a digit follows.
static Node *parse_number(Parser *p)
{
    const char *from = p->at;
    while (isdigit((unsigned char)p->at[0]) || (p->at[0] == '.' && isdigit((unsigned char)p->at[1])))
        p->at++;
    return parser_sign(p, CLASS_ORD, FACE_MATH, from, (int)(p->at - from));
}

// A sign typed as it is set, such as σ, is as good as its command.
static const Symbol *symbol_that_shows(const char *text, int length)
{
    for (const Symbol *symbol = formula_symbols; symbol->name; symbol++)
        if (is_named(symbol->text, text, length))
            return symbol;
    return NULL;
}

static Node *parse_character(Parser *p)
{
    const char *at = p->at;
    int length = character_length(at);
    const Symbol *symbol = symbol_find(formula_characters, at, length);
    if (!symbol && length > 1)
        symbol = symbol_that_shows(at, length);
    if (!symbol && length < 2)
        return parser_refuse(
            p, at, isprint((unsigned char)*at) ? "\"%c\" means nothing here" : "byte %d means nothing here", *at);
    p->at += length;
    return symbol ? parser_symbol(p, symbol) : parser_sign(p, CLASS_ORD, FACE_MATH, at, length);
}

static Node *parse_atom_within(Parser *p)
{
    if (*p->at == '{')
        return parse_group(p);
    if (*p->at == '\\')
        return parser_command(p);
    if (letters(p->at))
        return parse_letters(p);
    if (isdigit((unsigned char)*p->at))
        return parse_number(p);
    return parse_character(p);
}

// All that nests goes through here.
static Node *parse_atom(Parser *p)
{
    if (p->depth == FORMULA_DEPTH)
        return parser_refuse(p, p->at, "nested deeper than %d", FORMULA_DEPTH);
    p->depth++;
    Node *atom = parse_atom_within(p);
    p->depth--;
    return atom;
}

// ---- scripts and rows -----------------------------------------------------------------------
static Node *parse_script(Parser *p)
{
    bool around = p->in_script;
    const char *mark = p->at++;
    p->in_script = true;
    Node *script = parser_argument(p, mark, 1);
    p->in_script = around;
    return script;
}

// x', and the scripts of both together: the prime is raised by itself.
static Node *with_primes(Parser *p, Node *body)
{
    if (*p->at != '\'')
        return body;
    Node *row = parser_node(p, NODE_ROW, body->class);
    Node **end = &body->next;
    row->body = body;
    for (; *p->at == '\''; p->at++) {
        *end = parser_sign(p, CLASS_ORD, FACE_MATH, "′", sizeof "′" - 1);
        end = &(*end)->next;
    }
    return row;
}

static Node *with_scripts(Parser *p, Node *body)
{
    Node *made = NULL;
    for (parser_skip_blanks(p); *p->at == '_' || *p->at == '^'; parser_skip_blanks(p)) {
        if (!made) {
            made = parser_node(p, NODE_SCRIPTS, body->class);
            made->body = body;
            body->loose = false;
        }
        Node **script = *p->at == '_' ? &made->sub : &made->super;
        if (*script)
            return parser_refuse(p, p->at, "a second \"%c\" at one place", *p->at);
        *script = parse_script(p);
        if (!*script)
            return NULL;
    }
    return made ? made : body;
}

static Node *parse_item(Parser *p)
{
    if (*p->at == '_' || *p->at == '^' || *p->at == '\'')
        return parser_refuse(p, p->at, "\"%c\" stands behind nothing", *p->at);
    Node *atom = parse_atom(p);
    return atom ? with_scripts(p, with_primes(p, atom)) : NULL;
}

Node *parser_row(Parser *p)
{
    Node *row = parser_node(p, NODE_ROW, CLASS_ORD);
    Node **end = &row->body;
    for (parser_skip_blanks(p); !row_ends(p); parser_skip_blanks(p)) {
        Node *item = parse_item(p);
        if (!item)
            return NULL;
        *end = item->loose ? item->body : item;
        while (*end)
            end = &(*end)->next;
    }
    return row;
}

static Node *check_text(Parser *p)
{
    for (const char *at = p->text; *at; at += character_length(at))
        if (!character_length(at))
            return parser_refuse(p, at, "this is not UTF-8");
    return parser_row(p);
}

Node *formula_parse(Arena *arena, Ink ink, const char *text, int *nodes, Err *err)
{
    Parser parser = {.arena = arena, .text = text, .at = text, .ink = ink, .err = err};
    Node *row = check_text(&parser);
    *nodes = parser.nodes;
    if (row && *parser.at)
        return parser_refuse(&parser, parser.at,
                             *parser.at == '}' ? "\"}\" closes nothing" : "\"\\right\" without \"\\left\"");
    return row;
}
