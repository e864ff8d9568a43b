#ifndef APP_ARGUMENTS_H
#define APP_ARGUMENTS_H

#include "app/commands.h"

// Checks a command's words against the kinds, bounds and choices that its row names.
bool arguments_check(const Command *command, const Words *words, Err *err);

// What the check has made sure of: the i-th word as a number (i = 1 for the first argument).
long argument_whole(const Words *words, int i);
double argument_real(const Words *words, int i);
bool argument_is(const Words *words, int i, const char *word);

#endif
