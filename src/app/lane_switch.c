#include "app/screen.h"

#include "views/curves.h"

// Of several networks, whose weights stand below: one segment a network.
enum { WORDS = 76, LEFT = 12 };

void lane_switch_draw(const App *app, Rect area, DrawList *out)
{
    int lanes = app->session.comparison.lanes;
    draw_text(out, INK_SOFT, TYPE_BODY, area.x + LEFT, area.y + area.h / 2 + 4.5f, ALIGN_LEFT, "weights of");
    rect_cut_left(&area, LEFT + WORDS);
    float width = area.w / LANES_MOST;
    for (int lane = 0; lane < lanes; lane++) {
        const char *line = draw_print(out, "lane %d", lane + 1), *name = lane_name(&app->snapshot, lane, out);
        button_segment(out, (Rect){area.x + width * (float)lane, area.y, width - 2, area.h},
                       (Button){.name = line,
                                .text = draw_cut(out, TYPE_BODY, name, width - 12),
                                .line = line,
                                .tip = draw_print(out, "the weights of %s", name),
                                .chosen = app->lane == lane,
                                .ink = lane_ink(&app->snapshot, lane)});
    }
}
