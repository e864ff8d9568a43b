#ifndef SIM_NETFILE_H
#define SIM_NETFILE_H

#include "sim/safetensors.h"
#include "sim/session.h"

// A network in a safetensors file, whoever wrote it: tensors named as torch.nn names them, "lstm.weight_ih_l0" and so
// on under any prefix, beside one linear layer. Cell, sizes, layers and directions follow from names and shapes; where
// there is metadata of ours it tells cells of one shape apart, and may not say otherwise.
typedef struct {
    Net net;             // dims without T and B, loss; tanh where the file does not say, as in PyTorch
    int activation;      // a choice of the setting, or NONE: the file does not say
    const char *prefix;  // "rnn.", in the arena
    const char *readout; // "out"
} NetFile;

bool netfile_of(NetFile *found, const SafeFile *file, Arena *arena, Err *err);
const char *netfile_name(const NetFile *found, const Tensor *tensor, Arena *arena); // of a tensor of the program, there

// The weights of a program made from found->net; a bias that the file lacks is 0. Refused is a file with a tensor that
// is no part of the network and none of what trace.h reads.
bool netfile_weights(const NetFile *found, const SafeFile *file, const Program *program, Real *value, Err *err);

// Starts a session with the settings it has and the network of a file; the task stays where its sizes fit, or is the
// first that they fit, and the activation where the file does not say. On refusal nothing has changed.
bool netfile_load(Session *session, const void *bytes, size_t size, Err *err);

// The weights of the present moment in F64, as a file's bytes in the arena; and once an update is read its batch, so
// that the file can be traced: x, target, scored (T, B) of 0 and 1, length. The text "weights" then says whether they
// are "of the batch" or have "changed" since it was read.
char *netfile_save(const Run *run, Arena *arena, size_t *size);

#endif
