#ifndef TESTS_BENCH_ENGINE_H
#define TESTS_BENCH_ENGINE_H

// bench engine [--cell C] [--X n] [--H n] [--T n] [--B n] [--threads n] [--seconds s] [--set avx512|avx2|baseline]
//              [--tape lean|whole]
//
// How many updates a second the engine does, as one JSON line: many-to-many, answers of size X, mean squared error,
// the gradient clipped at norm 1, SGD, on random data. It is training that nobody looks into, as the updates are that
// `train` passes through: on lean tapes, unless whole ones are asked for. Returns the exit status.
int bench_engine(int count, char **arguments);

#endif
