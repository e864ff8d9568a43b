#include "ui/field.h"

#include <stdlib.h>
#include <string.h>

// ---- the text ---------------------------------------------------------------------------------------------------
Field field_make(void)
{
    enum { ROOM = 256 };
    Field field = {.arena = arena_make(1 << 10), .room = ROOM};
    field.text = arena_alloc(&field.arena, ROOM);
    return field;
}

void field_free(Field *field)
{
    arena_free(&field->arena);
    *field = (Field){.text = NULL};
}

static bool is_inside_a_letter(char byte) // of UTF-8
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t selection_start(const Field *field)
{
    return field->at < field->from ? field->at : field->from;
}

static size_t selection_end(const Field *field)
{
    return field->at < field->from ? field->from : field->at;
}

static void cut(Field *field, size_t start, size_t end)
{
    memmove(field->text + start, field->text + end, field->length - end + 1);
    field->length -= end - start;
    field->at = field->from = start;
}

static void make_room(Field *field, size_t length)
{
    if (length + 1 <= field->room)
        return;
    field->room = 2 * length + 1;
    field->text = memcpy(arena_alloc(&field->arena, field->room), field->text, field->length + 1);
}

void field_drop_selected(Field *field)
{
    cut(field, selection_start(field), selection_end(field));
}

bool field_type(Field *field, const char *utf8)
{
    size_t more = strlen(utf8), gone = selection_end(field) - selection_start(field);
    if (more > FIELD_MOST - (field->length - gone))
        return false;
    field_drop_selected(field);
    make_room(field, field->length + more);
    char *place = field->text + field->at;
    memmove(place + more, place, field->length - field->at + 1);
    memcpy(place, utf8, more);
    field->length += more;
    field->from = field->at += more;
    return true;
}

void field_set(Field *field, const char *text)
{
    cut(field, 0, field->length);
    field_type(field, text);
}

const char *field_selected(const Field *field, Arena *arena)
{
    size_t start = selection_start(field);
    return arena_print(arena, "%.*s", (int)(selection_end(field) - start), field->text + start);
}

// ---- where keys go ----------------------------------------------------------------------------------------------
static bool is_between_words(char c)
{
    return c == ' ' || c == ';' || c == '"';
}

static size_t letter_before(const Field *field)
{
    size_t at = field->at;
    while (at > 0 && is_inside_a_letter(field->text[--at])) {}
    return at;
}

static size_t letter_after(const Field *field)
{
    size_t at = field->at;
    at += at < field->length;
    while (is_inside_a_letter(field->text[at]))
        at++;
    return at;
}

static size_t word_before(const Field *field)
{
    size_t at = field->at;
    while (at > 0 && is_between_words(field->text[at - 1]))
        at--;
    while (at > 0 && !is_between_words(field->text[at - 1]))
        at--;
    return at;
}

static size_t word_after(const Field *field)
{
    size_t at = field->at;
    while (field->text[at] && is_between_words(field->text[at]))
        at++;
    while (field->text[at] && !is_between_words(field->text[at]))
        at++;
    return at;
}

static size_t text_start(const Field *field)
{
    (void)field;
    return 0;
}

static size_t text_end(const Field *field)
{
    return field->length;
}

// ---- keys -------------------------------------------------------------------------------------------------------
static const struct {
    const char *key;
    size_t (*to)(const Field *field);
    bool cuts;
} ways[] = {
    {"left", letter_before, false},        {"right", letter_after, false}, {"ctrl+left", word_before, false},
    {"ctrl+right", word_after, false},     {"home", text_start, false},    {"end", text_end, false},
    {"ctrl+home", text_start, false},      {"ctrl+end", text_end, false},  {"backspace", letter_before, true},
    {"ctrl+backspace", word_before, true}, {"delete", letter_after, true}, {"ctrl+delete", word_after, true},
    {"ctrl+w", word_before, true},         {"ctrl+u", text_start, true},
};

static void cut_to(Field *field, size_t to)
{
    if (field->at == field->from)
        field->from = to;
    field_drop_selected(field);
}

// A letter's arrow only leaves what is selected, at the side it points to.
static void go_to(Field *field, size_t (*way)(const Field *field), bool select)
{
    bool leaves = !select && field->at != field->from && (way == letter_before || way == letter_after);
    size_t to = !leaves ? way(field) : way == letter_before ? selection_start(field) : selection_end(field);
    field->at = to;
    field->from = select ? field->from : to;
}

// "ctrl+shift+left" is "ctrl+left" with what lies between selected.
static bool without_shift(const char *key, char *plain, size_t size)
{
    const char *shift = strstr(key, "shift+");
    size_t before = shift ? (size_t)(shift - key) : strlen(key);
    const char *after = shift ? shift + strlen("shift+") : "";
    plain[0] = 0;
    if (before + strlen(after) < size) {
        memcpy(plain, key, before);
        strcpy(plain + before, after);
    }
    return shift != NULL;
}

bool field_key(Field *field, const char *key)
{
    char plain[32];
    bool shift = without_shift(key, plain, sizeof plain);
    if (strcmp(key, "ctrl+a") == 0) {
        field->from = 0;
        field->at = field->length;
        return true;
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(ways[i].key, plain) != 0)
            continue;
        if (ways[i].cuts)
            cut_to(field, ways[i].to(field));
        else
            go_to(field, ways[i].to, shift);
        return true;
    }
    return false;
}

// ---- the picture ------------------------------------------------------------------------------------------------
enum { SEEN_MOST = 400 }; // bytes of a line that can be seen at once

static float width_of(Fonts *fonts, Type type, const char *text, size_t length)
{
    char part[SEEN_MOST + 8];
    length = length < SEEN_MOST ? length : SEEN_MOST;
    memcpy(part, text, length);
    part[length] = 0;
    return (float)font_width(fonts, type.face, (double)type.size, part);
}

// Where what is seen begins: as far before the cursor as there is room.
static size_t seen_from(Fonts *fonts, Type type, const Field *field, float room)
{
    Field walk = *field;
    while (walk.at > 0 && field->at - walk.at < SEEN_MOST - 8) {
        size_t before = letter_before(&walk);
        if (width_of(fonts, type, field->text + before, field->at - before) > room)
            break;
        walk.at = before;
    }
    return walk.at;
}

static size_t seen_length(const Field *field, size_t from)
{
    size_t length = field->length - from;
    if (length <= SEEN_MOST)
        return length;
    for (length = SEEN_MOST; length > 0 && is_inside_a_letter(field->text[from + length]);)
        length--;
    return length;
}

void field_draw(DrawList *out, Rect area, Type type, const Field *field, const char *hint)
{
    enum { CURSOR = 2 };
    float baseline = area.y + area.h / 2 + type.size * 0.35f, high = type.size * 1.5f,
          top = area.y + (area.h - high) / 2;
    size_t from = seen_from(out->fonts, type, field, area.w - CURSOR), start = selection_start(field),
           end = selection_end(field);
    const char *seen = field->text + from;
    float cursor = area.x + width_of(out->fonts, type, seen, field->at - from);
    draw_clip(out, area);
    if (end > start && end > from) {
        float left = start > from ? width_of(out->fonts, type, seen, start - from) : 0;
        float right = width_of(out->fonts, type, seen, end - from);
        uint8_t before = draw_fade(out, 0.3f);
        draw_rect(out, INK_FOCUS, (Rect){area.x + left, top, right - left, high}, 2);
        out->alpha = before;
    }
    if (field->length)
        draw_textf(out, INK_TEXT, type, area.x, baseline, ALIGN_LEFT, "%.*s", (int)seen_length(field, from), seen);
    else
        draw_text(out, INK_FAINT, type, area.x + 2 * CURSOR, baseline, ALIGN_LEFT, hint);
    draw_rect(out, INK_TEXT, (Rect){cursor, top, CURSOR, high}, 1);
    draw_unclip(out);
}

void field_point(Fonts *fonts, Rect area, Type type, Field *field, float x, bool select)
{
    size_t from = seen_from(fonts, type, field, area.w - 2);
    Field walk = *field;
    walk.at = from;
    for (float left = area.x, right; walk.at < field->length && walk.at - from < SEEN_MOST - 8; left = right) {
        size_t next = letter_after(&walk);
        right = area.x + width_of(fonts, type, field->text + from, next - from);
        if (x < (left + right) / 2)
            break;
        walk.at = next;
    }
    field->at = walk.at;
    field->from = select ? field->from : field->at;
}
