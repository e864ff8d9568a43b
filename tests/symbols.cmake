# What computes calls none of the C library's mathematics but sqrt, fabs and ldexp: the bits would
# depend on the library. Run with cmake -DNM=… -DLIBRARIES=a;b;c -P.
cmake_minimum_required(VERSION 3.25)
set(forbidden exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh erf hypot cbrt
    fma fmod exp10 tgamma lgamma rand random srand time clock clock_gettime gettimeofday fopen open getenv)
foreach(library IN LISTS LIBRARIES)
  execute_process(COMMAND ${NM} --undefined-only --format=posix ${library} OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "nm could not read ${library}")
  endif()
  foreach(name IN LISTS forbidden)
    if(symbols MATCHES "(^|\n)${name}f?l?(@[^ ]*)? U")
      message(SEND_ERROR "${library} calls ${name}")
    endif()
  endforeach()
endforeach()
message(STATUS "nn, tasks and sim call no mathematics but their own")
