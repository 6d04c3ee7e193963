// How programs that hold tenants allocate: with jemalloc, told to ask for huge pages. A tenant is
// some millions of small blocks that live long, and a change frees and makes a few hundred of them
// at places that nobody can foresee. Measured with bench/incremental on preset XL, of a change of
// one member: glibc's malloc takes 1, mimalloc with huge pages 0.72, tcmalloc 0.59, jemalloc with
// huge pages 0.57.
//
// jemalloc looks for this name when the program starts.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:auto";
}
