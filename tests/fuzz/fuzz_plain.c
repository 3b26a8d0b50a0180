/*
 * Any bytes as a document for both parsers: what the plain one takes, libyaml
 * takes too, and makes the same tree of it.
 *
 *	make fuzz && build-fuzz/fuzz_plain -max_len=4096 tests/fuzz/corpus/doc tests/fuzz/corpus/edit
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/parsers.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	bool plain;

	if (!parsers_agree((struct str){(const char *)data, n}, &plain)) {
		fprintf(stderr, "the parsers do not agree\n");
		abort();
	}
	return 0;
}
