// Networks in safetensors files: what is written is read back, what PyTorch wrote is traced within 1e-10, and a file
// that is not as it should be gets a message and changes nothing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/rng.h"
#include "sim/choices.h"
#include "sim/netfile.h"
#include "sim/trace.h"
#include "tolerance.h"

static const Real *numbers(const SafeTensor *tensor, Arena *arena)
{
    Err err;
    Real *value = arena_new(arena, Real, tensor->count);
    assert_true(safe_numbers(tensor, value, &err));
    return value;
}

static char *bytes_of(const char *path, size_t *size, Arena *arena)
{
    char *bytes;
    Err err;
    assert_true(file_read(path, arena, &bytes, size, &err));
    return bytes;
}

// ---- every reference through trace ----------------------------------------------------------
static void check_tensor(const SafeTensor *expected, const SafeFile *answer, Arena *arena)
{
    const SafeTensor *found = safe_find(answer, expected->name + strlen("expect."));
    double largest = 0, worst = 0;
    if (!found)
        fail_msg("the answer holds no %s", expected->name);
    assert_int_equal(found->count, expected->count);
    assert_int_equal(found->dimensions, expected->dimensions);
    const Real *of_file = numbers(expected, arena), *of_answer = numbers(found, arena);
    for (size_t i = 0; i < expected->count; i++) {
        largest = fmax(largest, fabs(of_file[i]));
        if (!(fabs(of_answer[i] - of_file[i]) <= worst))
            worst = fabs(of_answer[i] - of_file[i]);
    }
    if (!(worst <= tolerance(1e-10) * largest))
        fail_msg("%s is off by %g of %g", expected->name, worst, largest);
}

static void is_traced_as_pytorch_has_it(void **state)
{
    Arena arena = arena_make(1 << 16);
    SafeFile file, answer;
    char *out;
    size_t size, out_size;
    Err err;
    const char *bytes = bytes_of(*state, &size, &arena);
    assert_true(safe_read(&file, bytes, size, &arena, &err));
    if (!trace_bytes(bytes, size, &arena, &out, &out_size, &err))
        fail_msg("%s", err.text);
    assert_true(safe_read(&answer, out, out_size, &arena, &err));
    for (int i = 0; i < file.tensor_count; i++)
        if (strncmp(file.tensors[i].name, "expect.", 7) == 0)
            check_tensor(&file.tensors[i], &answer, &arena);
    assert_non_null(safe_find(&answer, strcmp(safe_text(&file, "cell"), "gru") == 0 ? "z.l0" : "h.l0"));
    arena_free(&arena);
}

static Session after_two_updates(const Setup *setup)
{
    Session session = {0};
    Err err;
    assert_true(session_start(&session, setup, &err));
    session_train(&session, 2);
    session_finish(&session);
    return session;
}

static SafeFile traced(const char *bytes, size_t size, Arena *arena)
{
    SafeFile answer;
    Err err;
    size_t out_size;
    char *out;
    if (!trace_bytes(bytes, size, arena, &out, &out_size, &err))
        fail_msg("%s", err.text);
    assert_true(safe_read(&answer, out, out_size, arena, &err));
    return answer;
}

static void check_padding(const SafeTensor *tensor, const Real *length, Arena *arena)
{
    const size_t B = tensor->shape[1], n = tensor->shape[2];
    const Real *value = numbers(tensor, arena);
    for (size_t i = 0; i < tensor->count; i++)
        if ((double)(i / (B * n)) >= length[i / n % B] && value[i] != 0)
            fail_msg("%s is %g behind a sequence's end", tensor->name, value[i]);
}

// As torch.nn's packed sequences have it; in a file of every cell, both ways, y and gates as well.
static void what_is_traced_ends_where_its_sequence_does(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Arena arena = arena_make(1 << 16);
        Setup setup = setup_default();
        Err err;
        SafeFile file;
        size_t size;
        setup.task = task_index("spell"); // words of several lengths
        setup.cell = cell;
        setup.bidirectional = true;
        Session session = after_two_updates(&setup);
        const char *bytes = netfile_save(&session.runs[0], &arena, &size);
        assert_true(safe_read(&file, bytes, size, &arena, &err));
        const SafeFile answer = traced(bytes, size, &arena);
        const Real *length = numbers(safe_find(&file, "length"), &arena);
        for (int i = 0; i < answer.tensor_count; i++)
            if (answer.tensors[i].dimensions == 3)
                check_padding(&answer.tensors[i], length, &arena);
        session_free(&session);
        arena_free(&arena);
    }
}

// ---- saving and loading -----------------------------------------------------------------------
static Session trained(const char *cell, bool bidirectional)
{
    Session session = {0};
    Setup setup = setup_default();
    Err err;
    setup.cell = cell_index(cell);
    setup.layers = 2;
    setup.bidirectional = bidirectional;
    assert_true(session_start(&session, &setup, &err));
    session_train(&session, 3);
    session_finish(&session);
    return session;
}

static void what_is_saved_loads_as_the_same_network(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Arena arena = arena_make(1 << 16);
        Session from = trained(cell_types[cell]->name, cell % 2), to = trained("rnn", false);
        size_t size;
        Err err;
        const char *bytes = netfile_save(&from.runs[0], &arena, &size);
        if (!netfile_load(&to, bytes, size, &err))
            fail_msg("%s", err.text);
        const Run *a = &from.runs[0], *b = &to.runs[0];
        assert_ptr_equal(b->program.net.cell, cell_types[cell]);
        assert_int_equal(b->done, 0);
        assert_int_equal(a->params.count, b->params.count);
        assert_memory_equal(a->params.value, b->params.value, sizeof(Real) * a->params.count);
        session_train(&to, 2); // and back again: they are what the run starts from
        session_finish(&to);
        assert_true(session_seek(&to, (Moment){0, 0}, &err));
        session_finish(&to);
        assert_memory_equal(a->params.value, to.runs[0].params.value, sizeof(Real) * a->params.count);
        session_free(&from);
        session_free(&to);
        arena_free(&arena);
    }
}

// The file of a run holds its batch too: traced, it gives the run's own loss and gradient norm.
static void what_is_saved_is_traced_to_the_same_loss(void **state)
{
    (void)state;
    for (int task = 0; tasks[task]; task++) {
        Arena arena = arena_make(1 << 16);
        Setup setup = setup_default();
        Err err;
        size_t size;
        setup.task = task;
        Session session = after_two_updates(&setup);
        const Run *run = &session.runs[0];
        assert_true(session_step_ops(&session, -2, &err)); // before clipping
        session_finish(&session);
        const char *bytes = netfile_save(run, &arena, &size);
        const SafeFile answer = traced(bytes, size, &arena);
        const double loss =
            (double)*numbers(safe_find(&answer, "loss"), &arena) * setup.batch / shares_of(run->shares, 0)->tape.scored;
        const double norm = *numbers(safe_find(&answer, "grad_norm"), &arena);
        assert_true(fabs(loss - run->loss) <= tolerance(0) * run->loss);
        assert_true(fabs(norm - run->norm) <= tolerance(0) * run->norm);
        session_free(&session);
        arena_free(&arena);
    }
}

static const char *saved_weights(const Run *run, Arena *arena)
{
    SafeFile file;
    Err err;
    size_t size;
    const char *bytes = netfile_save(run, arena, &size);
    assert_true(safe_read(&file, bytes, size, arena, &err));
    return safe_text(&file, "weights");
}

// At the start, at the end of an update, and before it has changed the weights; of sizes with panels and without.
static void what_is_saved_says_whether_its_batch_has_changed_the_weights(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Arena arena = arena_make(1 << 16);
        Session session = {0};
        Setup setup = setup_default();
        Err err;
        setup.cell = cell;
        setup.hidden = 5 + 11 * (cell % 3);
        assert_true(session_start(&session, &setup, &err));
        assert_null(saved_weights(&session.runs[0], &arena));
        session_train(&session, 3);
        session_finish(&session);
        assert_string_equal(saved_weights(&session.runs[0], &arena), "changed");
        assert_true(session_step_ops(&session, -1, &err));
        session_finish(&session);
        assert_string_equal(saved_weights(&session.runs[0], &arena), "of the batch");
        session_free(&session);
        arena_free(&arena);
    }
}

static void put_matrix(SafeWriter *writer, const char *name, size_t rows, size_t columns)
{
    static const Real value[64] = {0.25};
    safe_put(writer, name, columns ? 2 : 1, (const size_t[]){rows, columns}, value);
}

// A layer of three units that reads four numbers, in so many rows, and what reads it.
static SafeWriter *plain_network(size_t rows, Arena *arena)
{
    SafeWriter *writer = safe_writer(arena);
    put_matrix(writer, "encoder.weight_ih_l0", rows, 4);
    put_matrix(writer, "encoder.weight_hh_l0", rows, 3);
    put_matrix(writer, "encoder.bias_ih_l0", rows, 0);
    put_matrix(writer, "encoder.bias_hh_l0", rows, 0);
    put_matrix(writer, "fc.weight", 4, 3);
    return writer;
}

// A file as PyTorch's users write it: another prefix, a readout of another name, no metadata.
static void names_and_shapes_are_enough(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    SafeWriter *writer = plain_network(9, &arena);
    size_t size;
    const char *bytes = safe_written(writer, &size);
    Session session = trained("rnn", true);
    Err err;
    if (!netfile_load(&session, bytes, size, &err))
        fail_msg("%s", err.text);
    const Run *run = &session.runs[0];
    assert_string_equal(run->program.net.cell->name, "gru");
    assert_int_equal(run->program.dims.H, 3);
    assert_int_equal(run->program.dims.L, 1);
    assert_false(run->program.net.bidirectional);
    assert_true(params_value(&run->params, &run->program, program_tensor(&run->program, "rnn.weight_ih_l0"))[0] ==
                0.25);
    assert_true(params_value(&run->params, &run->program, program_tensor(&run->program, "out.bias"))[0] == 0);
    session_free(&session);
    arena_free(&arena);
}

// PyTorch writes no activation: the one that is set stays, and another one that a file names is taken.
static void the_activation_stays_where_the_file_does_not_say(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++)
        for (int i = 0; activation_name(i); i++) {
            Arena arena = arena_make(1 << 16);
            Session session = {0};
            Setup setup = setup_default();
            Err err;
            size_t size;
            SafeWriter *writer = plain_network(3, &arena);
            setup.activation = named ? 0 : i;
            if (named)
                safe_put_text(writer, "nonlinearity", activation_name(i));
            const char *bytes = safe_written(writer, &size);
            assert_true(session_start(&session, &setup, &err));
            assert_true(netfile_load(&session, bytes, size, &err));
            assert_string_equal(session.runs[0].program.net.cell->name, "rnn");
            assert_int_equal(session.runs[0].program.net.activation, activation_kind(i));
            session_free(&session);
            arena_free(&arena);
        }
}

// ---- hostile files ------------------------------------------------------------------------------
static const char *with_header(const char *header, size_t data, size_t *size, Arena *arena)
{
    const size_t length = strlen(header);
    char *bytes = arena_new(arena, char, 8 + length + data);
    bytes[0] = (char)(length & 255);
    bytes[1] = (char)(length >> 8);
    memcpy(bytes + 8, header, length);
    *size = 8 + length + data;
    return bytes;
}

static void a_bad_file_gets_a_message(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        size_t data;
        const char *says;
    } cases[] = {
        {"", 0, "the header is not JSON"},
        {"[]", 0, "the header is not a JSON object"},
        {"{\"a\": 3}", 0, "the tensor a is of no known type"},
        {"{\"a\": {\"dtype\": \"F99\"}}", 0, "the tensor a is of no known type"},
        {"{\"a\": {\"dtype\": \"F64\"}}", 0, "the tensor a has no shape of at most 4 dimensions"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1, 1, 1, 1, 1]}}", 0,
         "the tensor a has no shape of at most 4 dimensions"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [-1]}}", 0, "the shape of the tensor a is not made of counts"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1.5]}}", 0, "the shape of the tensor a is not made of counts"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1e12, 1e12]}}", 0, "the tensor a is too large"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0]}}", 8, "the tensor a has no data_offsets"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 8]}}", 7,
         "the tensor a reaches beyond the end of the file"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [8, 0]}}", 8,
         "the tensor a reaches beyond the end of the file"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [2], \"data_offsets\": [0, 8]}}", 8,
         "the tensor a has 8 bytes, its shape needs 16"},
        {"{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 8]}}", 9,
         "1 bytes at the end of the file belong to no tensor"},
        {"{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}, "
         "\"b\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [4, 12]}}",
         12, "the tensor b overlaps the one before it"},
        {"{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}", 8,
         "there is a gap before the tensor a"},
        {"{\"a\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]}, "
         "\"a\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]}}",
         0, "there are two tensors a"},
        {"{\"__metadata__\": {\"a\": 3}}", 0, "__metadata__ holds something else than texts"},
        {"{}", 0, "the file holds no recurrent network: no tensor is named …weight_ih_l0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = arena_make(1 << 12);
        Session session = trained("rnn", false);
        const uint64_t hash = run_hash(&session.runs[0]);
        Err err;
        size_t size;
        const char *bytes = with_header(cases[i].header, cases[i].data, &size, &arena);
        assert_false(netfile_load(&session, bytes, size, &err));
        assert_string_equal(err.text, cases[i].says);
        assert_true(run_hash(&session.runs[0]) == hash);
        session_free(&session);
        arena_free(&arena);
    }
}

// Each is what names_and_shapes_are_enough loads, and a tensor more.
static void a_tensor_that_belongs_to_nothing_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t rows, columns;
        const char *says;
    } cases[] = {
        {"extra.weight", 3, 0, "the tensor extra.weight belongs to nothing"},
        {"encoder.weight_hr_l0", 3, 3, "the tensor encoder.weight_hr_l0 belongs to nothing"},
        {"encoder.bias_ih_l1", 9, 0, "the tensor encoder.bias_ih_l1 belongs to nothing"},
        {"encoder.weight_hh_l0_reverse", 9, 3, "the tensor encoder.weight_hh_l0_reverse belongs to nothing"},
        {"encoder.weight_ih_l64", 9, 3, "the tensor encoder.weight_ih_l64 belongs to nothing"},
        {"encoder.weight_ih_l1_reverse", 9, 4, "the file holds no tensor encoder.weight_ih_l0_reverse"},
        {"encoder.weight_ih_l2", 9, 3, "the file holds no tensor encoder.weight_ih_l1"},
        {"embedding.weight", 4, 4, "the file holds two linear layers, fc.weight and embedding.weight"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = arena_make(1 << 12);
        Session session = trained("rnn", false);
        const uint64_t hash = run_hash(&session.runs[0]);
        SafeWriter *writer = plain_network(9, &arena);
        Err err;
        size_t size;
        put_matrix(writer, cases[i].name, cases[i].rows, cases[i].columns);
        const char *bytes = safe_written(writer, &size);
        assert_false(netfile_load(&session, bytes, size, &err));
        assert_string_equal(err.text, cases[i].says);
        assert_true(run_hash(&session.runs[0]) == hash);
        session_free(&session);
        arena_free(&arena);
    }
}

// plain_network with three time steps to trace: their class, the length, what is scored; and one text of metadata.
static const char *with_data(const Real data[3], const char *key, const char *text, size_t *size, Arena *arena)
{
    static const Real x[12] = {0.5};
    const Real target[3] = {0, data[0], 1}, scored[3] = {0, data[2], 1};
    SafeWriter *writer = plain_network(9, arena);
    safe_put(writer, "x", 3, (const size_t[]){3, 1, 4}, x);
    safe_put(writer, "target", 2, (const size_t[]){3, 1}, target);
    safe_put(writer, "length", 1, (const size_t[]){1}, &data[1]);
    safe_put(writer, "scored", 2, (const size_t[]){3, 1}, scored);
    safe_put_text(writer, key, text);
    return safe_written(writer, size);
}

static void trace_refuses_what_a_value_may_not_be(void **state)
{
    (void)state;
    static const struct {
        Real data[3];
        const char *key, *text, *says; // NULL: traced
    } cases[] = {
        {{3, 3, 1}, "scored", "last", NULL},
        {{0, 1, 0}, "cell", "gru2014", NULL},
        {{0.5, 3, 1}, "loss", "cross_entropy", "a target is the class 0.5; classes are whole numbers from 0 to 3"},
        {{4, 3, 1}, "loss", "cross_entropy", "a target is the class 4; classes are whole numbers from 0 to 3"},
        {{(Real)NAN, 3, 1}, "layers", "1", "a target is the class nan; classes are whole numbers from 0 to 3"},
        {{1, 2.5, 1}, "cell", "gru", "a length is 2.5; lengths are whole numbers from 1 to 3"},
        {{1, 0, 1}, "cell", "gru", "a length is 0; lengths are whole numbers from 1 to 3"},
        {{1, 3, 7.5}, "scored", "all", "scored holds 7.5; it may hold 0 and 1"},
        {{1, 3, 0.5}, "bidirectional", "false", "scored holds 0.5; it may hold 0 and 1"},
        {{1, 3, 1}, "loss", "huber", "the loss must be mse or cross_entropy, not \"huber\""},
        {{1, 3, 1}, "scored", "some", "scored must be all or last, not \"some\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = arena_make(1 << 12);
        Err err = {""};
        size_t size, out_size;
        char *out;
        const char *bytes = with_data(cases[i].data, cases[i].key, cases[i].text, &size, &arena);
        assert_int_equal(trace_bytes(bytes, size, &arena, &out, &out_size, &err), !cases[i].says);
        assert_string_equal(err.text, cases[i].says ? cases[i].says : "");
        arena_free(&arena);
    }
}

static void a_file_may_not_say_what_its_network_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text, *says;
    } cases[] = {
        {"nonlinearity", "xyz", "the nonlinearity \"xyz\" is not known"},
        {"cell", "foo", "the cell \"foo\" is not known"},
        {"cell", "lstm", "the cell lstm has 4 blocks of weights, and encoder.weight_hh_l0 has 3"},
        {"layers", "2", "layers is \"2\" in the metadata, and 1 by the tensors"},
        {"bidirectional", "true", "bidirectional is \"true\" in the metadata, and false by the tensors"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = arena_make(1 << 12);
        Session session = trained("rnn", false);
        const uint64_t hash = run_hash(&session.runs[0]);
        Err err;
        size_t size, out_size;
        char *out;
        const char *bytes = with_data((const Real[]){1, 3, 1}, cases[i].key, cases[i].text, &size, &arena);
        assert_false(trace_bytes(bytes, size, &arena, &out, &out_size, &err));
        assert_string_equal(err.text, cases[i].says);
        assert_false(netfile_load(&session, bytes, size, &err));
        assert_string_equal(err.text, cases[i].says);
        assert_true(run_hash(&session.runs[0]) == hash);
        session_free(&session);
        arena_free(&arena);
    }
}

static void a_file_that_is_cut_short_anywhere_is_refused(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Err err;
    SafeFile file;
    size_t size;
    const char *bytes = bytes_of(SOURCE_DIR "/tests/reference/rnn_one_step.safetensors", &size, &arena);
    for (size_t cut = 0; cut < size; cut += cut < 200 ? 1 : 61) {
        char *copy = malloc(cut + 1); // so that a sanitizer sees every step beyond
        memcpy(copy, bytes, cut);
        assert_false(safe_read(&file, copy, cut, &arena, &err));
        free(copy);
    }
    assert_true(safe_read(&file, bytes, size, &arena, &err));
    arena_free(&arena);
}

// Any byte may be another: there is an answer or a message.
static void a_spoilt_file_does_no_harm(void **state)
{
    (void)state;
    Rng rng = rng_make(1, rng_stream("spoil"));
    Arena kept = arena_make(1 << 16);
    size_t size, out_size;
    char *bytes = bytes_of(SOURCE_DIR "/tests/reference/lstm_one_step.safetensors", &size, &kept), *out;
    for (int i = 0; i < 2000; i++) {
        Arena arena = arena_make(1 << 16);
        Err err = {""};
        const int at = rng_below(&rng, 1400);
        const char was = bytes[at];
        bytes[at] = (char)rng_below(&rng, 256);
        assert_true(trace_bytes(bytes, size, &arena, &out, &out_size, &err) || err.text[0]);
        bytes[at] = was;
        arena_free(&arena);
    }
    arena_free(&kept);
}

int main(void)
{
    enum { MOST = 64 };
    struct CMUnitTest tests[MOST] = {
        cmocka_unit_test(what_is_saved_loads_as_the_same_network),
        cmocka_unit_test(what_is_saved_is_traced_to_the_same_loss),
        cmocka_unit_test(what_is_traced_ends_where_its_sequence_does),
        cmocka_unit_test(what_is_saved_says_whether_its_batch_has_changed_the_weights),
        cmocka_unit_test(names_and_shapes_are_enough),
        cmocka_unit_test(the_activation_stays_where_the_file_does_not_say),
        cmocka_unit_test(a_bad_file_gets_a_message),
        cmocka_unit_test(a_tensor_that_belongs_to_nothing_is_refused),
        cmocka_unit_test(trace_refuses_what_a_value_may_not_be),
        cmocka_unit_test(a_file_may_not_say_what_its_network_is_not),
        cmocka_unit_test(a_file_that_is_cut_short_anywhere_is_refused),
        cmocka_unit_test(a_spoilt_file_does_no_harm),
    };
    int count = 11;
    glob_t files;
    if (glob(SOURCE_DIR "/tests/reference/*_*.safetensors", 0, NULL, &files) != 0)
        return 1;
    for (size_t i = 0; i < files.gl_pathc && count < MOST; i++)
        tests[count++] = (struct CMUnitTest){strrchr(files.gl_pathv[i], '/') + 1, is_traced_as_pytorch_has_it, 0, 0,
                                             files.gl_pathv[i]};
    const int failed = _cmocka_run_group_tests("netfile", tests, (size_t)count, 0, 0);
    globfree(&files);
    return failed;
}
