#ifndef APP_SETTINGS_ROWS_H
#define APP_SETTINGS_ROWS_H

#include "app/screen.h"

// The rows of the settings panel: how each is drawn. settings.c says which there are.
typedef struct SettingsPanel SettingsPanel;
typedef struct SettingsRow SettingsRow;

struct SettingsRow {
    void (*draw)(const SettingsPanel *panel, const SettingsRow *row, Rect area);
    float height;
    const Setting *setting; // or NULL
    SettingGroup group;
    int seldom; // of "more": how many settings it shows
};

enum { SETTINGS_ROWS_MOST = 64, SLIDER_HEIGHT = 42, MARKS_HEIGHT = 14, LINE_HEIGHT = 26, BOX_OUT = 8 };

struct SettingsPanel {
    App *app;
    const Run *run;
    Setup setup; // what all runs share
    DrawList *out;
    SettingsRow rows[SETTINGS_ROWS_MOST];
    int count;
};

typedef void SettingsRowDraw(const SettingsPanel *panel, const SettingsRow *row, Rect area);

SettingsRowDraw row_choice, row_switch, row_slider; // one setting each
SettingsRowDraw row_slider_off;                     // a slider that can be off, with marks below
SettingsRowDraw row_compared;                       // of which each lane has another value
SettingsRowDraw row_clipping;                       // the purple box
SettingsRowDraw row_seed, row_reset;
SettingsRowDraw row_title, row_rule, row_more; // of a group
SettingsRowDraw row_broken;                    // the run is no longer finite
SettingsRowDraw row_now;                       // the numbers of this moment

#endif
