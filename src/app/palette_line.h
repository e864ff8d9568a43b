#ifndef APP_PALETTE_LINE_H
#define APP_PALETTE_LINE_H

#include "app/palette.h"

// A command that is typed out in the palette, rather than found in it.

// What is typed as an offer, where it is a whole command: its words are there and of the right kind. "T 20" is too, for
// a setting needs no `set` here.
bool line_as_typed(const char *typed, Offer *offer, Arena *arena, Err *err);

bool line_has_command(const char *typed); // and more behind it

// A setting with a number that it does not take, as an offer that tells the reason. False: it is no such line.
bool line_refused(const char *typed, const char *refusal, Offer *offer, Arena *arena);

// The same line with the word put in that a refusal suggests; false: it suggests none.
bool line_mended(const char *typed, const char *refusal, Offer *offer, Arena *arena);

void offers_put_first(Offers *offers, Offer offer); // an offer with the same line goes

#endif
