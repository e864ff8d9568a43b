#ifndef APP_PALETTE_H
#define APP_PALETTE_H

#include "app/app.h"

// The palette: a field over the screen in which every command, setting, choice, view, lesson and result is found by
// typing, and in which a whole command line can be typed as well.
//
// What it offers is a function of the tables and of what is typed; a row of a table needs no second place here. While
// it is open, all that is typed goes to it.

// One row. A line that lacks something says what in `usage`: choosing the row goes on typing; without usage, it says
// the line.
typedef struct {
    const char *title; // "Learning rate"
    const char *name;  // what one would type to find it: "learning_rate"
    const char *line;  // "set learning_rate"
    const char *usage; // "0.00001 to 1", or NULL
    const char *what;  // one sentence, or ""
    const char *kind;  // "setting"
} Offer;

enum { OFFERS_MOST = 512 };

typedef struct {
    Offer offer[OFFERS_MOST];
    uint32_t id[OFFERS_MOST]; // of their lines, while they are gathered
    int count;
} Offers;

// palette_offers.c: all that there is, from the tables
void offers_all(App *app, Offers *offers, Arena *arena);

// palette_match.c: of those, the ones that a text means, the best first; and how well, 0 best, -1 not at all. Unless
// all its words are there, it is a guess.
enum { RANK_GUESS = 6, RANKS = 9 };
void offers_keep(Offers *offers, const char *typed, int ranks, Arena *arena);
int offer_rank(const Offer *offer, const char *typed, Arena *arena);

// palette.c: what is open now
void palette_start(App *app);
void palette_free(App *app);
const Offers *palette_offers(App *app, Arena *arena); // for what is typed
const char *palette_typed(const App *app);            // the command that is being typed: behind the last `;`
const char *palette_line(const App *app, const Offer *offer, Arena *arena); // with what stands before it
void palette_key(App *app, const char *key);
void palette_text(App *app, const char *utf8);
void palette_wheel(App *app, float notches);
bool palette_press(App *app, const Hot *hot); // false: it is none of the palette's rows

// palette_draw.c
enum { PALETTE_ROW = 42 };
extern const Type palette_type; // of the field
uint32_t offer_id(const Offer *offer);
void palette_draw(App *app, Rect window, DrawList *out);
void palette_point(App *app, bool pressed); // the pointer went down in the field, or was dragged from there

#endif
