// Any bytes as a safetensors file, as a network and as a trace: a refusal with words, or an answer that can be read.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/netfile.h"
#include "sim/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_trace(const uint8_t *data, size_t size)
{
    Arena arena = arena_make(1 << 16);
    Err err = {""};
    SafeFile answer;
    char *out;
    size_t out_size;
    bool good = trace_bytes(data, size, &arena, &out, &out_size, &err);
    if (!good && !err.text[0])
        abort();
    if (good && !safe_read(&answer, out, out_size, &arena, &err))
        abort();
    arena_free(&arena);
}

// What is refused changes nothing.
static void check_load(const uint8_t *data, size_t size)
{
    static Session session;
    Err err = {""};
    Setup setup = setup_default();
    if (!session.count && !session_start(&session, &setup, &err))
        abort();
    uint64_t hash = run_hash(&session.runs[0]);
    if (netfile_load(&session, data, size, &err))
        session_start(&session, &setup, &err);
    else if (!err.text[0] || run_hash(&session.runs[0]) != hash)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_trace(data, size);
    check_load(data, size);
    return 0;
}
