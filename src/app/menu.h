#ifndef APP_MENU_H
#define APP_MENU_H

#include "app/app.h"

// A list of choices that hangs under its control; only popup.c, menu.c and menu_*.c know it. An item is the line it
// says.
typedef struct {
    const char *name; // makes its id; NULL: its line does
    const char *text, *line, *tip;
    bool chosen;
} Item;

enum { ITEMS_MOST = 64 };

typedef struct {
    const char *title;  // or NULL
    const char *opener; // the line that opens it
    Item items[ITEMS_MOST];
    int count;
} Menu;

void menu_add(Menu *menu, Item item); // what is too much is left out
void menu_draw(App *app, const Menu *menu, Rect window, DrawList *out);

// What can be compared; and the values of one setting, each of which is a lane or is not.
void menu_compare(const App *app, Menu *menu, DrawList *out);
void menu_compare_values(const App *app, const char *setting, Menu *menu, DrawList *out);

#endif
