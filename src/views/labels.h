#ifndef VIEWS_LABELS_H
#define VIEWS_LABELS_H

#include "ui/draw.h"

// Texts on one line that never touch. What is put first stays; what would touch it is left out.
typedef struct {
    DrawList *out;
    float left, right; // nothing goes beyond
    float gap;         // between two texts
    float (*taken)[2];
    int count, room;
} LabelRow;

enum { LABEL_INSET = 8 }; // px that the numbers of columns keep from the border of their card

LabelRow label_row(DrawList *out, float left, float right, float gap);
bool label_put(LabelRow *row, Ink ink, Type type, float x, float y, const char *text); // centred on x, moved inside
bool label_free(const LabelRow *row, float left, float right);
void label_take(LabelRow *row, float left, float right);

#endif
