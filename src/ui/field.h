#ifndef UI_FIELD_H
#define UI_FIELD_H

#include "ui/draw.h"

// A line of text that is being typed: what it holds, where its cursor is, what is selected, and what keys do to it. A
// clipboard is the caller's.
enum { FIELD_MOST = 1 << 18 }; // bytes that it holds

typedef struct {
    Arena arena; // owned: the text's
    char *text;  // UTF-8, ends with a 0
    size_t length, room;
    size_t at;   // the cursor, in bytes
    size_t from; // the other end of what is selected; the same: nothing is
} Field;

Field field_make(void);
void field_free(Field *field);
void field_set(Field *field, const char *text); // the cursor behind it; as much of it as there is room for

// Instead of what is selected. False, and nothing changes, where there is no room.
bool field_type(Field *field, const char *utf8);

// "left", "ctrl+shift+right", "home", "backspace", "ctrl+a" …; false: the key means nothing in a field.
bool field_key(Field *field, const char *key);

const char *field_selected(const Field *field, Arena *arena); // a copy; "": nothing is
void field_drop_selected(Field *field);

// The text in area, as much as shows the cursor; `hint` where it is empty.
void field_draw(DrawList *out, Rect area, Type type, const Field *field, const char *hint);

// The cursor goes to a place in a field that was drawn there; `select`: what lies between is selected.
void field_point(Fonts *fonts, Rect area, Type type, Field *field, float x, bool select);

#endif
