#include <math.h>
#include <string.h>

#include "ui/widgets_shared.h"

// ---- breaking into lines ----------------------------------------------------------
static bool is_inside_a_letter(char byte) // of UTF-8
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t letter_length(const char *text)
{
    size_t length = text[0] != 0;
    while (is_inside_a_letter(text[length]))
        length++;
    return length;
}

static bool fits(DrawList *out, Type type, char *text, size_t length, float width)
{
    char behind = text[length];
    text[length] = 0;
    bool inside = draw_width(out, type, text) <= width;
    text[length] = behind;
    return inside;
}

static size_t word_end(const char *text, size_t from)
{
    from += strspn(text + from, " ");
    return from + strcspn(text + from, " \n");
}

// As many letters as fit, but at least one, so that every text comes to an end.
static size_t cut_word(DrawList *out, Type type, char *text, size_t end, float width)
{
    size_t length = letter_length(text);
    while (length < end && fits(out, type, text, length + letter_length(text + length), width))
        length += letter_length(text + length);
    return length;
}

// The length of the first line of a text: as many words as fit; a word that is wider than the line is cut.
static size_t line_length(DrawList *out, Type type, char *text, float width)
{
    size_t length = 0, end = word_end(text, 0);
    while (end > length && fits(out, type, text, end, width)) {
        length = end;
        if (text[end] != ' ')
            return length;
        end = word_end(text, end);
    }
    return length || end == 0 ? length : cut_word(out, type, text, end, width);
}

// A text in lines. \n begins a new one; the last \n may be left out.
typedef struct {
    char *at; // the rest
    bool more;
    Type type;
    float width;
} Lines;

static Lines lines_of(DrawList *out, Type type, const char *text, float width)
{
    return (Lines){strcpy(arena_alloc(out->arena, strlen(text) + 1), text), *text != 0, type, width};
}

// The next line, or NULL after the last one.
static const char *lines_next(DrawList *out, Lines *lines)
{
    if (!lines->more)
        return NULL;
    char *line = lines->at;
    size_t length = line_length(out, lines->type, line, lines->width);
    char *rest = line + length;
    if (*rest != '\n')
        rest += strspn(rest, " ");
    lines->at = rest + (*rest == '\n');
    lines->more = *lines->at != 0;
    return draw_print(out, "%.*s", (int)length, line);
}

float paragraph(DrawList *out, Ink ink, Type type, Rect area, float line_height, const char *text)
{
    Lines lines = lines_of(out, type, text, area.w);
    Rect line = {area.x, area.y, area.w, line_height};
    for (const char *words; (words = lines_next(out, &lines)); line.y += line_height)
        if (ink != INKS)
            draw_text(out, ink, type, line.x, text_baseline(line, type), ALIGN_LEFT, words);
    return line.y - area.y;
}

// ---- tip ----------------------------------------------------------------------------
enum { TIP_WIDEST = 320, TIP_LINE = 17, TIP_PADDING_X = 10, TIP_PADDING_Y = 7, TIP_AWAY = 14, TIP_GAP = 8 };

static float widest_line(DrawList *out, Type type, const char *text, float width)
{
    Lines lines = lines_of(out, type, text, width);
    float widest = 0;
    for (const char *words; (words = lines_next(out, &lines));) {
        float w = draw_width(out, type, words);
        widest = w > widest ? w : widest;
    }
    return widest;
}

static float pushed_inside(float start, float size, float from, float room)
{
    if (start + size > from + room)
        start = from + room - size;
    return start > from ? start : from;
}

// From `at` on, or ending before it where that would go over the end.
static float place_beside(float at, float size, float from, float room)
{
    float start = at + TIP_AWAY + size <= from + room ? at + TIP_AWAY : at - TIP_AWAY - size;
    return pushed_inside(start, size, from, room);
}

static float squared_distance(Rect box, float x, float y)
{
    float dx = x < box.x ? box.x - x : x > box.x + box.w ? x - box.x - box.w : 0;
    float dy = y < box.y ? box.y - y : y > box.y + box.h ? y - box.y - box.h : 0;
    return dx * dx + dy * dy;
}

// At that side of what it is about where it has room and is nearest to (x, y); where it has none, beside (x, y).
static Rect place_tip(Rect bounds, Rect about, float x, float y, float w, float h)
{
    float along_x = pushed_inside(x - w / 2, w, bounds.x, bounds.w);
    float along_y = pushed_inside(y - h / 2, h, bounds.y, bounds.h);
    const Rect sides[] = {{along_x, about.y + about.h + TIP_GAP, w, h},
                          {along_x, about.y - TIP_GAP - h, w, h},
                          {about.x + about.w + TIP_GAP, along_y, w, h},
                          {about.x - TIP_GAP - w, along_y, w, h}};
    Rect best = {place_beside(x, w, bounds.x, bounds.w), place_beside(y, h, bounds.y, bounds.h), w, h};
    float least = INFINITY;
    for (int i = 0; i < 4; i++) {
        Rect box = sides[i];
        bool inside = box.x >= bounds.x && box.y >= bounds.y && box.x + w <= bounds.x + bounds.w &&
                      box.y + h <= bounds.y + bounds.h;
        if (inside && squared_distance(box, x, y) < least) {
            least = squared_distance(box, x, y);
            best = box;
        }
    }
    return best;
}

void tip_box(DrawList *out, Rect bounds, Rect about, float x, float y, const char *text)
{
    static const Type type = {FACE_WORDS, 12};
    Rect words = {0, 0, bounds.w - 2 * TIP_PADDING_X, 0};
    words.w = widest_line(out, type, text, words.w < TIP_WIDEST ? words.w : TIP_WIDEST);
    words.w += 0.5f; // so that no line breaks anew for its last fraction
    words.h = paragraph(out, INKS, type, words, TIP_LINE, text);
    Rect box = place_tip(bounds, about, x, y, words.w + 2 * TIP_PADDING_X, words.h + 2 * TIP_PADDING_Y);
    words.x = box.x + TIP_PADDING_X;
    words.y = box.y + TIP_PADDING_Y;
    draw_rect(out, INK_TIP, box, 6);
    paragraph(out, INK_ON_TIP, type, words, TIP_LINE, text);
}
