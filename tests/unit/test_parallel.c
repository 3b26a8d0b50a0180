#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/parallel.h"

#define ITEMS 1000

struct work {
	unsigned done[ITEMS]; /* each touched by one call alone */
	atomic_uint running, most;
};

static void
count(void *data, size_t i)
{
	((struct work *)data)->done[i]++;
}

static void
each_is_done_once_on_any_number_of_threads(void **state)
{
	static const int threads[] = {-1, 0, 1, 2, 3, 16, 1000};
	static const size_t items[] = {0, 1, 2, 15, ITEMS};
	struct work work;
	size_t i, k, m;

	(void)state;
	for (i = 0; i < sizeof threads / sizeof *threads; i++) {
		for (k = 0; k < sizeof items / sizeof *items; k++) {
			memset(&work, 0, sizeof work);
			parallel_run(threads[i], items[k], count, &work);
			for (m = 0; m < ITEMS; m++)
				assert_int_equal(work.done[m], m < items[k] ? 1 : 0);
		}
	}
}

static void
note_running(void *data, size_t i)
{
	struct work *work = data;
	unsigned now = atomic_fetch_add(&work->running, 1) + 1, most = atomic_load(&work->most);

	(void)i;
	while (now > most && !atomic_compare_exchange_weak(&work->most, &most, now))
		;
	atomic_fetch_sub(&work->running, 1);
}

static void
no_more_run_at_once_than_asked(void **state)
{
	struct work work = {0};

	(void)state;
	parallel_run(1, ITEMS, note_running, &work);
	assert_int_equal(work.most, 1);
	parallel_run(2, ITEMS, note_running, &work);
	assert_in_range(work.most, 1, 2);
	parallel_run(1000, ITEMS, note_running, &work);
	assert_in_range(work.most, 1, PARALLEL_MAX);
}

static void
there_is_at_least_one_processor(void **state)
{
	(void)state;
	assert_in_range(parallel_default(), 1, PARALLEL_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_is_done_once_on_any_number_of_threads),
	    cmocka_unit_test(no_more_run_at_once_than_asked),
	    cmocka_unit_test(there_is_at_least_one_processor),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
