#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

struct task {
	atomic_size_t next;
	size_t n;
	void (*work)(void *, size_t);
	void *data;
};

int
parallel_default(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > PARALLEL_MAX ? PARALLEL_MAX : (int)n;
}

static void *
run(void *arg)
{
	struct task *task = arg;
	size_t i;

	while ((i = atomic_fetch_add(&task->next, 1)) < task->n)
		task->work(task->data, i);
	return NULL;
}

void
parallel_run(int threads, size_t n, void (*work)(void *, size_t), void *data)
{
	struct task task = {.n = n, .work = work, .data = data};
	pthread_t thread[PARALLEL_MAX];
	int i, started = 0;

	if (threads > PARALLEL_MAX)
		threads = PARALLEL_MAX;
	/* the calling thread works too; fewer threads than asked are no failure */
	while (started + 1 < threads && (size_t)started + 1 < n &&
	       pthread_create(&thread[started], NULL, run, &task) == 0)
		started++;
	run(&task);
	for (i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}
