#ifndef VIEWS_PROGRAM_CARD_H
#define VIEWS_PROGRAM_CARD_H

#include "views/terms.h"

// The parts of the card of the time step; only view_program.c and program_row*.c know them.
typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    DrawList *out;
    Rect rest;     // what is not drawn on yet
    int t;         // the time step shown
    bool backward; // gradients are shown
    bool narrow;   // then they take the place of the values
    Terms terms;   // of the equations
    int state;     // the slot whose gradient is followed: h, or c where the bars show that
} ProgramCard;

// As the height of a row allows.
typedef struct {
    float least;        // height from which on it is taken
    float formula;      // px, most
    Type number;        // of lengths
    float number_width; // px of their column
} RowLook;

void program_rows(ProgramCard *card); // the equations, with the heads of their numbers
void program_row(const ProgramCard *card, Rect line, int row);
bool program_row_present(const ProgramCard *card, int row);         // the reader stands there
const char *program_row_press(const ProgramCard *card, int row);    // goes to the operation; NULL: no update has begun
bool program_values_shown(const ProgramCard *card);                 // beside the gradients
const RowLook *program_look(const ProgramCard *card, float height); // of a row so high

#endif
