#ifndef APP_LESSON_CHECK_H
#define APP_LESSON_CHECK_H

#include "base/err.h"
#include "lesson/lesson.h"

// What a lesson's reader cannot know: whether its command lines, those of its links too, are commands with arguments
// that can be, and whether its formulas can be set. The first that cannot is refused with file:line:col.
bool lesson_check(const Lesson *lesson, Err *err);

#endif
