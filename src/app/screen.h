#ifndef APP_SCREEN_H
#define APP_SCREEN_H

#include "app/app.h"
#include "ui/widgets.h"
#include "views/views.h"

// The screen: where each panel stands, and what stands in it.
//
// screen_layout is a function of the window's size and of what there is to show, so a picture made without a window is
// the window's. Every part draws itself from the App and changes nothing in it; what a press means is the line that
// the part leaves with the hot.
enum { SCREEN_LEAST_WIDTH = 1024, SCREEN_LEAST_HEIGHT = 700, SCREEN_CARDS = 8 };

// A view and where it stands.
typedef struct {
    const View *view;
    Rect area;
    int lane; // of a comparison
} Card;

typedef struct {
    Rect top, bottom; // bars
    Rect side;        // settings or lesson
    Rect main;        // views on the time axis, one above the other
    Rect right;       // curves and the program; empty (w = 0) where the window is narrow
    Rect same;        // of a comparison: what is the same and what differs; likewise
    Rect lane_switch; // of one whose weights are shown: which network's; likewise
    TimeAxis axis;
    Card cards[SCREEN_CARDS]; // of main, then of right
    int card_count;
} ScreenLayout;

ScreenLayout screen_layout(const App *app, int width, int height);
int large_view(const App *app);                // chosen, or what a presentation opens with
bool lanes_presented(const App *app);          // they stand in the place of the graph, or are asked for
TimeAxis axis_over(const App *app, Rect area); // the time axis of views that stand in area
void screen_draw(App *app, int width, int height, DrawList *out);

// A page of the lesson stands in the side panel.
bool lesson_shown(const App *app);

// Several networks stand one above the other, each in a lane.
bool lanes_shown(const App *app);

// A view on its card, with the marked column behind it.
void card_draw(const App *app, TimeAxis axis, Card shown, DrawList *out);

// The parts, a file each.
void topbar_draw(App *app, Rect area, DrawList *out);
void bottombar_draw(App *app, Rect area, DrawList *out);
void settings_draw(App *app, Rect area, DrawList *out); // with the NOW block below them
void lesson_draw(App *app, Rect area, DrawList *out);
void same_draw(App *app, Rect area, DrawList *out);
void lane_switch_draw(const App *app, Rect area, DrawList *out);
void popup_draw(App *app, Rect window, DrawList *out);
void popup_box(Rect box, DrawList *out); // what one stands on
void keys_page_draw(App *app, Rect window, DrawList *out);
void journal_page_draw(App *app, Rect window, DrawList *out);
bool pin_is_set(const App *app, Pin pin);
void pins_draw(const App *app, Rect window, DrawList *out); // over what is pinned
void present_draw(App *app, Rect page, DrawList *out);      // as large as the window before it is enlarged,
void present_enlarge(DrawList *out, int first, float by);   // with all that stands on it: shapes from first on
float present_scale(const App *app, float window_width);    // by how much; 1: there is no presentation
void too_small_draw(App *app, Rect window, DrawList *out);

// The numbers of this moment, or what is compared, from area's top on; returns the height used, at most NOW_HEIGHT.
float now_draw(const App *app, Rect area, DrawList *out);
enum { NOW_HEIGHT = 26 + 5 * 21 };

// What several parts need.
bool weights_shown(const App *app);                                       // in the middle, of `view weights`
bool bars_linear(const App *app);                                         // as the gradient bars are drawn now
const char *message_shown(const App *app, DrawList *out, bool *bad);      // of the bottom bar; "": none
const char *key_shown(DrawList *out, const char *key);                    // "shift+right" → "Shift →"
const char *tip_shown(DrawList *out, const Hot *hot);                     // its tip, with the key that presses it
const char *tip_of(DrawList *out, const char *what, const char *line);    // what, and the key that says the line
void text_button(DrawList *out, Type type, float x, float y, Align align, // words that can be pressed; y: baseline
                 Button pressed);
bool page_shown(const App *app);                                           // over the window: keys, journal
void scroll_by(App *app, float px);                                        // it, or the panel at the left
float scroll_within(float *scroll, float *most, float overflow);           // 0 … *most, which is set; returns *scroll
void scrollbar_draw(Rect area, float scroll, float height, DrawList *out); // where what is scrolled is higher than area
void scroll_to_focus(App *app, Rect area, float *scroll, const DrawList *out); // for the next picture, where it moved
void focus_ring(DrawList *out, uint32_t id, Rect area);                        // where id has the keyboard

#endif
