#include "sim/record.h"

#include <assert.h>
#include <math.h>
#include <string.h>

// What is known of several values at once; spans are merged as sums, so that the mean stays true. Sums are taken
// of 2⁻³⁰ of each value, so that a loss near the end of the doubles does not make the mean infinite.
#define SUM_SCALE 0x1p-30
typedef struct {
    double low, high, sum;
    long count; // finite values
} Sum;

typedef struct {
    Sum sum[CURVES];         // of a full block
    double (*exact)[CURVES]; // (RECORD_BLOCK), or NULL of an old block
} Block;

struct Record {
    Arena arena;
    Block *blocks; // block i holds updates 1 + i · RECORD_BLOCK …
    long room;     // blocks there is room for
    long last;     // update
};

Record *record_make(void)
{
    Arena arena = arena_make(1 << 16);
    Record *record = arena_new(&arena, Record, 1);
    record->arena = arena;
    return record;
}

void record_free(Record *record)
{
    if (!record)
        return;
    Arena arena = record->arena; // the record lies in it
    arena_free(&arena);
}

size_t record_taken(const Record *record)
{
    return arena_bytes(&record->arena);
}

long record_last(const Record *record)
{
    return record->last;
}

// ---- sums ------------------------------------------------------------------------------------------------
static void sum_add(Sum *sum, double value)
{
    if (!isfinite(value))
        return;
    sum->low = sum->count && sum->low < value ? sum->low : value;
    sum->high = sum->count && sum->high > value ? sum->high : value;
    sum->sum += SUM_SCALE * value;
    sum->count++;
}

static void sum_merge(Sum *sum, const Sum *more)
{
    if (!more->count)
        return;
    sum->low = sum->count && sum->low < more->low ? sum->low : more->low;
    sum->high = sum->count && sum->high > more->high ? sum->high : more->high;
    sum->sum += more->sum;
    sum->count += more->count;
}

static void sum_block(Block *block)
{
    memset(block->sum, 0, sizeof block->sum);
    for (int i = 0; i < RECORD_BLOCK; i++)
        for (int curve = 0; curve < CURVES; curve++)
            sum_add(&block->sum[curve], block->exact[i][curve]);
}

// ---- putting ---------------------------------------------------------------------------------------------
// Room doubles; what it leaves behind in the arena adds up to less than what is used.
static void make_room(Record *record, long blocks)
{
    if (blocks <= record->room)
        return;
    long room = record->room ? 2 * record->room : 64;
    Block *moved = arena_new(&record->arena, Block, room);
    if (record->room)
        memcpy(moved, record->blocks, sizeof *moved * (size_t)record->room);
    record->blocks = moved;
    record->room = room;
}

// The values of a block: those it had before a cut, those of the block that is now too old, or new ones.
static void give_exact(Record *record, long i)
{
    Block *block = &record->blocks[i];
    Block *old = i >= RECORD_EXACT ? &record->blocks[i - RECORD_EXACT] : NULL;
    if (!block->exact && old && old->exact) {
        block->exact = old->exact;
        old->exact = NULL;
    }
    if (!block->exact)
        block->exact = arena_alloc(&record->arena, sizeof *block->exact * RECORD_BLOCK);
}

Record *record_copy(const Record *record)
{
    Record *copy = record_make();
    long blocks = (record->last + RECORD_BLOCK - 1) / RECORD_BLOCK;
    make_room(copy, blocks);
    for (long i = 0; i < blocks; i++) {
        Block *to = &copy->blocks[i];
        const Block *from = &record->blocks[i];
        memcpy(to->sum, from->sum, sizeof to->sum);
        if (!from->exact)
            continue;
        to->exact = arena_alloc(&copy->arena, sizeof *to->exact * RECORD_BLOCK);
        memcpy(to->exact, from->exact, sizeof *to->exact * RECORD_BLOCK);
    }
    copy->last = record->last;
    return copy;
}

void record_put(Record *record, long update, const double value[CURVES])
{
    assert(update == record->last + 1);
    long i = (update - 1) / RECORD_BLOCK, within = (update - 1) % RECORD_BLOCK;
    make_room(record, i + 1);
    if (within == 0)
        give_exact(record, i);
    memcpy(record->blocks[i].exact[within], value, sizeof *record->blocks[i].exact);
    record->last = update;
    if (within == RECORD_BLOCK - 1)
        sum_block(&record->blocks[i]);
}

// An old block that is cut in two goes on as an exact one, and what stood in it is no longer known.
void record_cut(Record *record, long last)
{
    if (last >= record->last)
        return;
    record->last = last;
    Block *cut = &record->blocks[last / RECORD_BLOCK];
    long kept = last % RECORD_BLOCK;
    if (kept == 0 || cut->exact)
        return;
    give_exact(record, last / RECORD_BLOCK);
    for (long i = 0; i < kept; i++)
        for (int curve = 0; curve < CURVES; curve++)
            cut->exact[i][curve] = NAN;
}

// ---- getting ---------------------------------------------------------------------------------------------
bool record_get(const Record *record, Curve curve, long update, double *value)
{
    if (update < 1 || update > record->last)
        return false;
    const Block *block = &record->blocks[(update - 1) / RECORD_BLOCK];
    if (!block->exact)
        return false;
    *value = block->exact[(update - 1) % RECORD_BLOCK][curve];
    return isfinite(*value);
}

static void add_part(Sum *sum, const Block *block, Curve curve, long first, long last) // within the block, from 0
{
    if (!block->exact || (first == 0 && last == RECORD_BLOCK - 1)) {
        sum_merge(sum, &block->sum[curve]);
        return;
    }
    for (long i = first; i <= last; i++)
        sum_add(sum, block->exact[i][curve]);
}

bool record_span(const Record *record, Curve curve, long first, long last, Span *span)
{
    Sum sum = {0};
    first = first < 1 ? 1 : first;
    last = last > record->last ? record->last : last;
    for (long at = first, end; at <= last; at = end + 1) {
        long block = (at - 1) / RECORD_BLOCK, start = 1 + block * RECORD_BLOCK;
        end = start + RECORD_BLOCK - 1 < last ? start + RECORD_BLOCK - 1 : last;
        add_part(&sum, &record->blocks[block], curve, at - start, end - start);
    }
    if (!sum.count)
        return false;
    *span = (Span){.low = sum.low, .high = sum.high, .mean = sum.sum / (double)sum.count / SUM_SCALE};
    return true;
}
