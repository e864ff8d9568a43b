#ifndef VIEWS_PROGRAM_CARD_H
#define VIEWS_PROGRAM_CARD_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// The parts of the card of the time step; only view_program.c and program_rows.c know them.
typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    DrawList *out;
    Rect rest;     // what is not drawn on yet
    int t;         // the time step shown
    bool backward; // gradients are shown
    bool narrow;   // then they take the place of the values
    int state;     // the slot whose gradient is followed: h, or c where the bars show that
} ProgramCard;

void program_rows(ProgramCard *card); // the equations, with the heads of their numbers

#endif
