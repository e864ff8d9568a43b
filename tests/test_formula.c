// Formulas: what is typed becomes signs at places, or is refused with its column.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "font/glyphs.h"
#include "nn/cells.h"
#include "ui/formula_tree.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

// ---- what the tests ask of any formula -------------------------------------------
static void is_sound(const Formula *formula, float size)
{
    assert_true(isfinite(formula->width) && isfinite(formula->ascent) && isfinite(formula->descent));
    for (int i = 0; i < formula->count; i++) {
        FormulaPiece piece = formula->pieces[i];
        float width = piece.text ? (float)font_width(fonts, piece.face, (double)piece.size, piece.text) : piece.w;
        assert_true(isfinite(piece.x) && isfinite(piece.y) && width >= 0 && piece.h >= 0);
        assert_true(piece.x >= -0.5f * size && piece.x + width <= formula->width + 0.5f * size);
        assert_true(piece.text ? piece.size > 0 : piece.w > 0 && piece.h > 0);
    }
}

static Formula laid_out(const char *text)
{
    Formula formula;
    Err err = {"it is not refused"};
    if (!formula_layout(fonts, &arena, INK_TEXT, 20, text, &formula, &err))
        fail_msg("%s: %s", text, err.text);
    is_sound(&formula, 20);
    return formula;
}

static float width_of(const char *text)
{
    return laid_out(text).width;
}

static const FormulaPiece *piece_showing(const Formula *formula, const char *text)
{
    for (int i = 0; i < formula->count; i++)
        if (formula->pieces[i].text && strcmp(formula->pieces[i].text, text) == 0)
            return &formula->pieces[i];
    fail_msg("no piece shows %s", text);
    return NULL;
}

static void near(float a, float b)
{
    if (!(fabsf(a - b) < 1e-3f))
        fail_msg("%g is not %g", (double)a, (double)b);
}

// ---- signs --------------------------------------------------------------------------
static uint32_t code_point(const char *text, int length)
{
    static const uint32_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = (unsigned char)text[0] & lead_bits[length];
    for (int i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3F);
    return code;
}

static void has_own_glyphs(const FormulaPiece *piece)
{
    const char *text = piece->text;
    for (int length; (length = character_length(text)); text += length) {
        const Glyph *glyph = glyph_of(fonts, (int)piece->face, code_point(text, length));
        if (glyph->index == 0 || glyph->face != (int)piece->face)
            fail_msg("the face %d has no glyph for %s", (int)piece->face, piece->text);
    }
}

static void every_symbol_has_a_glyph_in_its_own_face(void **state)
{
    (void)state;
    static const char *const accents[] = {"\\hat x", "\\tilde x", "\\bar x", "\\dot x", "\\vec x", "\\sqrt x", "x'"};
    char text[40];
    for (const Symbol *symbol = formula_symbols; symbol->name; symbol++) {
        snprintf(text, sizeof text, "\\%s", symbol->name);
        Formula formula = laid_out(text);
        assert_int_equal(formula.count, 1);
        assert_string_equal(formula.pieces[0].text, symbol->text);
        has_own_glyphs(&formula.pieces[0]);
    }
    for (const Symbol *symbol = formula_characters; symbol->name; symbol++)
        has_own_glyphs(&laid_out(symbol->name).pieces[0]);
    for (size_t i = 0; i < COUNT(accents); i++) {
        Formula formula = laid_out(accents[i]);
        for (int k = 0; k < formula.count; k++)
            if (formula.pieces[k].text)
                has_own_glyphs(&formula.pieces[k]);
    }
}

static void a_sign_typed_as_it_is_set_is_as_good_as_its_command(void **state)
{
    (void)state;
    near(width_of("a ⊙ σ ≤ ∂"), width_of("a \\odot \\sigma \\le \\partial"));
    assert_int_equal(laid_out("σ").pieces[0].face, FACE_MATH_ITALIC);
}

static void letters_are_italic_and_digits_and_names_upright(void **state)
{
    (void)state;
    Formula formula = laid_out("h = \\tanh 2 \\text{if} \\sigma \\Omega");
    static const struct {
        const char *text;
        Face face;
    } cases[] = {{"h", FACE_MATH_ITALIC}, {"tanh", FACE_MATH},     {"2", FACE_MATH},
                 {"if", FACE_MATH},       {"σ", FACE_MATH_ITALIC}, {"Ω", FACE_MATH}};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(piece_showing(&formula, cases[i].text)->face, cases[i].face);
}

static void several_letters_in_a_script_are_an_upright_name(void **state)
{
    (void)state;
    Formula name = laid_out("W_{hh}"), letters = laid_out("z_{f,t}"), product = laid_out("a_{i j}");
    assert_int_equal(piece_showing(&name, "hh")->face, FACE_MATH);
    assert_int_equal(piece_showing(&letters, "f")->face, FACE_MATH_ITALIC);
    assert_int_equal(piece_showing(&letters, "t")->face, FACE_MATH_ITALIC);
    assert_int_equal(piece_showing(&product, "j")->face, FACE_MATH_ITALIC);
    assert_int_equal(laid_out("hh").count, 2);
}

static void inks_colour_what_they_hold_and_change_no_place(void **state)
{
    (void)state;
    Formula plain = laid_out("a = b + c"), inked = laid_out("a \\backward{= b \\clip{+}} c");
    assert_int_equal(plain.count, inked.count);
    for (int i = 0; i < plain.count; i++)
        near(plain.pieces[i].x, inked.pieces[i].x);
    assert_int_equal(piece_showing(&inked, "a")->ink, INK_TEXT);
    assert_int_equal(piece_showing(&inked, "b")->ink, INK_BACKWARD);
    assert_int_equal(piece_showing(&inked, "+")->ink, INK_CLIP);
    assert_int_equal(piece_showing(&inked, "c")->ink, INK_TEXT);
}

// ---- places --------------------------------------------------------------------------
static void widths_add_up(void **state)
{
    (void)state;
    const float em = 20;
    near(width_of("12"), 2 * width_of("1"));
    near(width_of("1+1"), 2 * width_of("1") + width_of("+") + 2 * 4 / 18.0f * em);
    near(width_of("1=1"), 2 * width_of("1") + width_of("=") + 2 * 5 / 18.0f * em);
    near(width_of("1\\,1"), 2 * width_of("1") + 3 / 18.0f * em);
    near(width_of("\\tanh 1"), width_of("\\tanh") + width_of("1") + 3 / 18.0f * em);
    near(width_of("\\tanh("), width_of("\\tanh") + width_of("("));
    near(width_of("1\\quad 1"), 2 * width_of("1") + em);
    near(width_of(""), 0);
}

static void a_minus_without_a_term_before_it_is_the_sign_of_a_number(void **state)
{
    (void)state;
    near(width_of("-1"), width_of("1") + width_of("+"));
    near(width_of("(-1"), width_of("(") + width_of("1") + width_of("+"));
    near(width_of("1=-1"), width_of("1=1") + width_of("+"));
    assert_string_equal(laid_out("-").pieces[0].text, "−");
}

static void scripts_are_smaller_and_stand_above_and_below(void **state)
{
    (void)state;
    Formula formula = laid_out("1_2^3");
    const FormulaPiece *body = piece_showing(&formula, "1"), *sub = piece_showing(&formula, "2"),
                       *super = piece_showing(&formula, "3");
    near(sub->size, 0.7f * body->size);
    near(super->size, 0.7f * body->size);
    assert_true(super->y < body->y && body->y < sub->y);
    assert_true(sub->x >= body->x + width_of("1") - 0.001f);
    near(width_of("1^3_2"), width_of("1_2^3"));
    assert_true(laid_out("x_{a_b}").pieces[2].size < sub->size);
}

static void a_script_takes_one_character_where_there_are_no_braces(void **state)
{
    (void)state;
    Formula formula = laid_out("1^23");
    near(piece_showing(&formula, "2")->size, 0.7f * 20);
    near(piece_showing(&formula, "3")->size, 20);
}

static void a_fraction_lies_on_the_axis_and_is_centred(void **state)
{
    (void)state;
    Formula formula = laid_out("\\frac{1}{222}");
    const FormulaPiece *above = piece_showing(&formula, "1"), *below = piece_showing(&formula, "222"), *bar = NULL;
    for (int i = 0; i < formula.count; i++)
        if (!formula.pieces[i].text)
            bar = &formula.pieces[i];
    assert_non_null(bar);
    assert_true(above->y < bar->y && bar->y + bar->h < below->y);
    near(bar->y + bar->h / 2, -0.253f * 20);
    near(above->x + width_of("1") / 2, bar->x + bar->w / 2);
    near(below->x + width_of("222") / 2, bar->x + bar->w / 2);
    assert_true(formula.ascent > laid_out("1").ascent && formula.descent > laid_out("1").descent);
}

static void fences_grow_with_what_they_hold(void **state)
{
    (void)state;
    Formula low = laid_out("\\left(1\\right)"), high = laid_out("\\left(\\frac{1}{2}\\right)");
    near(piece_showing(&low, "(")->size, 20);
    assert_true(piece_showing(&high, "(")->size > 1.5f * 20);
    near(width_of("\\left(1\\right."), width_of("(1"));
    assert_int_equal(laid_out("\\norm{g}").count, 3);
    assert_int_equal(laid_out("\\norm{\\frac{1}{2}}").count, 3 + 4); // two rules at either side
}

static void layouts_are_linear_in_the_size(void **state)
{
    (void)state;
    static const char text[] = "\\sum_{t=1}^{T} \\hat{y}_t \\odot f_{t-1}";
    Formula small, large;
    Err err;
    assert_true(formula_layout(fonts, &arena, INK_TEXT, 10, text, &small, &err));
    assert_true(formula_layout(fonts, &arena, INK_TEXT, 40, text, &large, &err));
    near(4 * small.width, large.width);
    for (int i = 0; i < small.count; i++) {
        near(4 * small.pieces[i].x, large.pieces[i].x);
        near(4 * small.pieces[i].y, large.pieces[i].y);
    }
}

// A caller writes the time step where \t stands alone.
static const char *at_time_step(const char *formula, char *out, size_t size)
{
    size_t used = 0;
    for (const char *at = formula; *at && used + 3 < size; at++) {
        bool here = at[0] == '\\' && at[1] == 't' && !((at[2] | 32) >= 'a' && (at[2] | 32) <= 'z');
        if (here)
            out[used++] = '1';
        out[used++] = here ? '2' : *at;
        at += here;
    }
    out[used] = 0;
    return out;
}

static void every_slot_of_every_cell_can_be_set(void **state)
{
    (void)state;
    char text[200];
    for (int c = 0; cell_types[c]; c++)
        for (int slot = 0; slot < cell_types[c]->slot_count; slot++)
            assert_true(width_of(at_time_step(cell_types[c]->slots[slot].formula, text, sizeof text)) > 0);
}

// ---- links --------------------------------------------------------------------------------
static void a_link_changes_no_place(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"a + \\link{1}{h_8} = b", "a + h_8 = b"},
        {"\\link{1}{h_8^2}\\,\\link{2}{W_{hh}^\\top}", "h_8^2\\,W_{hh}^\\top"},
        {"\\link{1}{-} a", "- a"},
        {"a \\link{1}{+} b", "a + b"},
        {"\\backward{\\link{x y}{\\partial L/\\partial h}}", "\\backward{\\partial L/\\partial h}"},
        {"\\frac{\\link{1}{a}}{\\sqrt{\\link{2}{v_n}}}", "\\frac{a}{\\sqrt{v_n}}"},
        {"\\tanh(\\link{1}{\\link{2}{c_3} + 1})", "\\tanh(c_3 + 1)"},
        {"a\\link{1}{}b", "ab"},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Formula linked = laid_out(pairs[i][0]), plain = laid_out(pairs[i][1]);
        assert_int_equal(linked.count, plain.count);
        near(linked.width, plain.width);
        assert_true(linked.link_count > 0);
        for (int k = 0; k < linked.count; k++) {
            near(linked.pieces[k].x, plain.pieces[k].x);
            near(linked.pieces[k].y, plain.pieces[k].y);
        }
    }
}

static void a_link_lies_around_its_signs(void **state)
{
    (void)state;
    Formula formula = laid_out("aa = \\frac{b}{\\link{the name}{hh}} + c");
    assert_int_equal(formula.link_count, 1);
    const FormulaLink *link = &formula.links[0];
    assert_string_equal(link->name, "the name");
    for (int i = 0; i < formula.count; i++) {
        const FormulaPiece *piece = &formula.pieces[i];
        bool inside = piece->x > link->x - 0.01f && piece->x < link->x + link->w && piece->y > link->y &&
                      piece->y < link->y + link->h + 0.5f;
        if (piece->text)
            assert_int_equal(inside, piece->text[0] == 'h');
    }
}

// ---- what is refused ------------------------------------------------------------------
static void bad_formulas_name_the_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"a + b \\foo c", "column 7: there is no \"\\foo\""},
        {"∂ \\foo", "column 3: there is no \"\\foo\""},
        {"h_\\t", "column 3: there is no \"\\t\""},
        {"a_", "column 3: something to go with \"_\" is missing"},
        {"a_^2", "column 3: something to go with \"_\" is missing"},
        {"_a", "column 1: \"_\" stands behind nothing"},
        {"a_b_c", "column 4: a second \"_\" at one place"},
        {"{a", "column 1: \"{\" is not closed"},
        {"a}", "column 2: \"}\" closes nothing"},
        {"\\frac{a}", "column 9: something to go with \"\\frac\" is missing"},
        {"\\left(a", "column 1: \"\\left\" is not closed by \"\\right\""},
        {"\\left x", "column 7: \"\\left\" needs one of ( ) [ ] \\{ \\} | \\| ."},
        {"a \\right)", "column 3: \"\\right\" without \"\\left\""},
        {"\\text a", "column 7: \"\\text\" needs words in { }"},
        {"\\link a", "column 7: \"\\link\" needs a name in { }"},
        {"\\link{a}", "column 9: something to go with \"\\link\" is missing"},
        {"\\link{a{}}{b}", "column 6: \"\\link\" needs a name in { }"},
        {"a $ b", "column 3: \"$\" means nothing here"},
        {"a\001", "column 2: byte 1 means nothing here"},
        {"a \\", "column 3: a name is missing behind \"\\\""},
        {"ab\xFF", "column 3: this is not UTF-8"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Formula formula;
        Err err;
        assert_false(formula_layout(fonts, &arena, INK_TEXT, 20, cases[i].text, &formula, &err));
        assert_string_equal(err.text, cases[i].says);
        is_sound(&formula, 20);
    }
}

static void a_refused_formula_is_shown_as_it_was_typed(void **state)
{
    (void)state;
    Formula formula;
    Err err;
    assert_false(formula_layout(fonts, &arena, INK_SOFT, 20, "a \\foo \xFF", &formula, &err));
    assert_int_equal(formula.count, 1);
    assert_string_equal(formula.pieces[0].text, "a \\foo ?");
    assert_int_equal(formula.pieces[0].face, FACE_WORDS);
    assert_int_equal(formula.pieces[0].ink, INK_SOFT);
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    static const char *const openings[] = {"{", "\\hat", "x^{", "\\left(", "\\frac{", "\\backward{"};
    for (size_t i = 0; i < COUNT(openings); i++) {
        char text[4000] = "";
        for (size_t used = 0; used < 3900; used += strlen(openings[i]))
            memcpy(text + used, openings[i], strlen(openings[i]) + 1);
        Formula formula;
        Err err;
        assert_false(formula_layout(fonts, &arena, INK_TEXT, 20, text, &formula, &err));
        assert_non_null(strstr(err.text, "nested deeper than 32"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_symbol_has_a_glyph_in_its_own_face),
        cmocka_unit_test(a_sign_typed_as_it_is_set_is_as_good_as_its_command),
        cmocka_unit_test(letters_are_italic_and_digits_and_names_upright),
        cmocka_unit_test(several_letters_in_a_script_are_an_upright_name),
        cmocka_unit_test(inks_colour_what_they_hold_and_change_no_place),
        cmocka_unit_test(widths_add_up),
        cmocka_unit_test(a_minus_without_a_term_before_it_is_the_sign_of_a_number),
        cmocka_unit_test(scripts_are_smaller_and_stand_above_and_below),
        cmocka_unit_test(a_script_takes_one_character_where_there_are_no_braces),
        cmocka_unit_test(a_fraction_lies_on_the_axis_and_is_centred),
        cmocka_unit_test(fences_grow_with_what_they_hold),
        cmocka_unit_test(layouts_are_linear_in_the_size),
        cmocka_unit_test(every_slot_of_every_cell_can_be_set),
        cmocka_unit_test(a_link_changes_no_place),
        cmocka_unit_test(a_link_lies_around_its_signs),
        cmocka_unit_test(bad_formulas_name_the_column),
        cmocka_unit_test(a_refused_formula_is_shown_as_it_was_typed),
        cmocka_unit_test(deep_nesting_is_refused),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
