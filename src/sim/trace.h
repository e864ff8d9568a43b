#ifndef SIM_TRACE_H
#define SIM_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

// What the engine makes of a file with a network and its data: one pass forward and backward, everything on the tape as
// tensors, so that any other program can be held against it.
//
//   in   the weights as netfile.h finds them; x (T, B, X); target (T, B, Y) for mse, class numbers (T, B) for
//        cross-entropy; length (B) where sequences differ; scored (T, B) of 0 and 1, or metadata
//        scored (all, last); metadata loss (mse, cross_entropy)
//   out  y, h.l0, c.l0 and gates as i.l0 …, ".reverse" behind those of a pass in reverse; loss; dL_dh.l0, dL_dc.l0 of
//        the sum over the batch; grad.NAME of each weight under its name in the file, grad_norm. Behind a sequence's
//        end all is 0
bool trace_bytes(const void *bytes, size_t size, Arena *arena, char **out, size_t *out_size, Err *err);

#endif
