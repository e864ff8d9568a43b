#ifndef APP_LESSON_TEXT_H
#define APP_LESSON_TEXT_H

#include "lesson/lesson.h"
#include "ui/draw.h"

// Sets a page of a lesson – title, words, formulas, links – in lines from area's top on, as wide as area; the height
// grows. Returns it. `dry` only measures.
float lesson_text(Rect area, const Page *page, bool dry, DrawList *out);

#endif
