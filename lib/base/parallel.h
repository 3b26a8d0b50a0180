/*
 * Doing like things at once. What comes out does not depend on the number of
 * threads: each call works on its own index, and the caller goes through the
 * results in order.
 */
#ifndef KAM_PARALLEL_H
#define KAM_PARALLEL_H

#include <stddef.h>

#define PARALLEL_MAX 16 /* threads, whatever is asked */

/* processors that are online, at least 1 */
int parallel_default(void);
/* calls work(data, 0 … n − 1), each once, on up to that many threads, and returns when all are done */
void parallel_run(int threads, size_t n, void (*work)(void *, size_t), void *data);

#endif
