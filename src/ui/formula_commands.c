#include <string.h>

#include "ui/formula_parser.h"

typedef struct Command Command;
struct Command {
    const char *name;
    Node *(*parse)(Parser *p, const Command *command, const char *typed); // typed: where the backslash stands
    const char *text;
    float number;
};

static int typed_length(const char *typed)
{
    return 1 + parser_name_length(typed + 1);
}

static Node *command_argument(Parser *p, const char *typed)
{
    return parser_argument(p, typed, typed_length(typed));
}

static Node *parse_fraction(Parser *p, const Command *command, const char *typed)
{
    (void)command;
    Node *made = parser_node(p, NODE_FRACTION, CLASS_INNER);
    made->body = command_argument(p, typed);
    made->sub = made->body ? command_argument(p, typed) : NULL;
    return made->sub ? made : NULL;
}

static Node *parse_root(Parser *p, const Command *command, const char *typed)
{
    (void)command;
    Node *made = parser_node(p, NODE_ROOT, CLASS_ORD);
    made->body = command_argument(p, typed);
    return made->body ? made : NULL;
}

static Node *parse_accent(Parser *p, const Command *command, const char *typed)
{
    Node *made = parser_node(p, NODE_ACCENT, CLASS_ORD);
    made->text = command->text;
    made->space = command->number;
    made->body = command_argument(p, typed);
    return made->body ? made : NULL;
}

static Node *parse_norm(Parser *p, const Command *command, const char *typed)
{
    Node *made = parser_node(p, NODE_FENCE, CLASS_ORD);
    made->text = made->close = command->text;
    made->body = command_argument(p, typed);
    return made->body ? made : NULL;
}

// Words run to the closing brace as they stand.
static Node *parse_words(Parser *p, const Command *command, const char *typed)
{
    (void)command;
    parser_skip_blanks(p);
    if (*p->at != '{')
        return parser_refuse(p, p->at, "\"%.*s\" needs words in { }", typed_length(typed), typed);
    const char *words = p->at + 1;
    size_t length = strcspn(words, "{}");
    if (words[length] != '}')
        return parser_refuse(p, p->at, "\"{\" is not closed");
    p->at = words + length + 1;
    return parser_sign(p, CLASS_ORD, FACE_MATH, words, (int)length);
}

static Node *parse_space(Parser *p, const Command *command, const char *typed)
{
    (void)typed;
    Node *made = parser_node(p, NODE_SPACE, CLASS_ORD);
    made->space = command->number;
    return made;
}

// What is inked keeps its place in the row: the = of \soft{=} is still a relation.
static Node *parse_ink(Parser *p, const Command *command, const char *typed)
{
    Ink around = p->ink;
    p->ink = (Ink)command->number;
    Node *row = command_argument(p, typed);
    p->ink = around;
    if (row && row->kind == NODE_ROW)
        row->loose = true;
    return row;
}

static const char *parse_name(Parser *p, const char *typed)
{
    parser_skip_blanks(p);
    size_t length = *p->at == '{' ? strcspn(p->at + 1, "{}") : 0;
    if (*p->at != '{' || p->at[1 + length] != '}') {
        parser_refuse(p, p->at, "\"%.*s\" needs a name in { }", typed_length(typed), typed);
        return NULL;
    }
    const char *name = arena_print(p->arena, "%.*s", (int)length, p->at + 1);
    p->at += length + 2;
    return name;
}

// The signs of its group, between two nodes that take no room.
static Node *parse_link(Parser *p, const Command *command, const char *typed)
{
    (void)command;
    const char *name = parse_name(p, typed);
    Node *body = name ? command_argument(p, typed) : NULL;
    if (!body)
        return NULL;
    Node *row = parser_node(p, NODE_ROW, CLASS_ORD), *end = parser_node(p, NODE_LINK_ENDS, CLASS_ORD);
    Node **last = &row->body;
    *last = parser_node(p, NODE_LINK_BEGINS, CLASS_ORD);
    (*last)->text = name;
    last = &(*last)->next;
    *last = body->kind == NODE_ROW ? body->body : body;
    while (*last)
        last = &(*last)->next;
    *last = end;
    row->loose = true;
    return row;
}

// The sign behind \left or \right: one of a few, or . for none.
static const char *parse_delimiter(Parser *p, const char *typed)
{
    static const struct {
        const char *typed, *text;
    } delimiters[] = {{"(", "("},   {")", ")"}, {"[", "["},   {"]", "]"}, {"\\{", "{"},
                      {"\\}", "}"}, {"|", "|"}, {"\\|", "‖"}, {".", ""}};
    parser_skip_blanks(p);
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++) {
        size_t length = strlen(delimiters[i].typed);
        if (strncmp(p->at, delimiters[i].typed, length) == 0) {
            p->at += length;
            return delimiters[i].text;
        }
    }
    parser_refuse(p, p->at, "\"%.*s\" needs one of ( ) [ ] \\{ \\} | \\| .", typed_length(typed), typed);
    return NULL;
}

static Node *parse_fence(Parser *p, const Command *command, const char *typed)
{
    (void)command;
    Node *made = parser_node(p, NODE_FENCE, CLASS_INNER);
    made->text = parse_delimiter(p, typed);
    made->body = made->text ? parser_row(p) : NULL;
    if (!made->body)
        return NULL;
    if (!parser_sees(p->at, "right"))
        return parser_refuse(p, typed, "\"\\left\" is not closed by \"\\right\"");
    const char *right = p->at;
    p->at += typed_length(right);
    made->close = parse_delimiter(p, right);
    return made->close ? made : NULL;
}

// Of an accent, the number is where its middle lies, in em; of a space, its width; of an ink, which.
static const Command commands[] = {
    {"frac", parse_fraction, NULL, 0},
    {"sqrt", parse_root, NULL, 0},
    {"norm", parse_norm, "‖", 0},
    {"left", parse_fence, NULL, 0},
    {"text", parse_words, NULL, 0},
    {"link", parse_link, NULL, 0},
    {"hat", parse_accent, "\u02C6", 0.167f},
    {"tilde", parse_accent, "\u02DC", 0.167f},
    {"bar", parse_accent, "\u00AF", 0.167f},
    {"dot", parse_accent, "\u02D9", 0.167f},
    {"vec", parse_accent, "\u20D7", -0.235f},
    {"forward", parse_ink, NULL, INK_FORWARD},
    {"backward", parse_ink, NULL, INK_BACKWARD},
    {"clip", parse_ink, NULL, INK_CLIP},
    {"soft", parse_ink, NULL, INK_SOFT},
    {"strong", parse_ink, NULL, INK_TEXT},
    {",", parse_space, NULL, 3 / 18.0f},
    {":", parse_space, NULL, 4 / 18.0f},
    {";", parse_space, NULL, 5 / 18.0f},
    {"!", parse_space, NULL, -3 / 18.0f},
    {"quad", parse_space, NULL, 1},
};

Node *parser_command(Parser *p)
{
    const char *typed = p->at, *name = typed + 1;
    int length = parser_name_length(name);
    if (!length)
        return parser_refuse(p, typed, "a name is missing behind \"\\\"");
    p->at = name + length;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (is_named(commands[i].name, name, length))
            return commands[i].parse(p, &commands[i], typed);
    const Symbol *symbol = symbol_find(formula_symbols, name, length);
    if (!symbol)
        return parser_refuse(p, typed, "there is no \"%.*s\"", length + 1, typed);
    return parser_symbol(p, symbol);
}
