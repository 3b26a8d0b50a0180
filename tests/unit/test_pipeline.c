#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/pipeline.h"

#define MOST 2000

struct item {
	size_t number;
	unsigned worked;
};

/* things with the numbers 0, 1, 2 …; failures are at a number, SIZE_MAX being none */
struct run {
	size_t n, made, taken;
	size_t make_fails, take_fails;
	unsigned spin; /* work takes longer for every third thing */
	int threads;
	atomic_uint busy[PARALLEL_MAX]; /* workers at work */
	atomic_uint worked, clashes, strangers;
};

static int
make(void *data, void *at)
{
	struct run *run = data;
	struct item *item = at;

	if (run->made == run->make_fails)
		return -1;
	if (run->made == run->n)
		return 0;
	item->number = run->made++;
	item->worked = 0;
	return 1;
}

static void
work(void *data, void *at, int worker)
{
	struct run *run = data;
	struct item *item = at;
	volatile unsigned i;

	if (worker < 0 || worker >= run->threads || worker >= PARALLEL_MAX) {
		atomic_fetch_add(&run->strangers, 1);
		return;
	}
	if (atomic_fetch_add(&run->busy[worker], 1) != 0)
		atomic_fetch_add(&run->clashes, 1);
	for (i = 0; i < (item->number % 3 ? 0 : run->spin); i++)
		;
	item->worked++;
	atomic_fetch_add(&run->worked, 1);
	atomic_fetch_sub(&run->busy[worker], 1);
}

static int
take(void *data, void *at)
{
	struct run *run = data;
	const struct item *item = at;

	assert_int_equal(item->number, run->taken);
	assert_int_equal(item->worked, 1);
	if (run->taken == run->take_fails)
		return -1;
	run->taken++;
	return 0;
}

static int
go(struct run *run, size_t n_items)
{
	struct pipeline pipeline = {run->threads, make, work, take, run};
	struct item *items = xcalloc(n_items, sizeof *items);
	void **item = xcalloc(n_items, sizeof *item);
	size_t i;
	int status;

	for (i = 0; i < n_items; i++)
		item[i] = &items[i];
	status = pipeline_run(&pipeline, item, n_items);
	free(item);
	free(items);
	assert_int_equal(run->strangers, 0);
	assert_int_equal(run->clashes, 0);
	return status;
}

static struct run
running(int threads, size_t n)
{
	return (struct run){.threads = threads,
			    .n = n,
			    .make_fails = SIZE_MAX,
			    .take_fails = SIZE_MAX,
			    .spin = threads % 2 ? 2000 : 0};
}

static void
things_are_taken_in_their_order_by_any_number_of_threads(void **state)
{
	static const size_t counts[] = {0, 1, 2, 3, 17, MOST};
	size_t i;
	int threads;

	(void)state;
	for (threads = 1; threads <= 8; threads++) {
		for (i = 0; i < sizeof counts / sizeof *counts; i++) {
			struct run run = running(threads, counts[i]);

			assert_int_equal(go(&run, pipeline_items(threads)), 0);
			assert_int_equal(run.taken, counts[i]);
			assert_int_equal(run.worked, counts[i]);
		}
	}
}

static void
any_number_of_items_will_do(void **state)
{
	size_t items;
	int threads;

	(void)state;
	for (threads = 1; threads <= 4; threads++) {
		for (items = 1; items <= 9; items++) {
			struct run run = running(threads, 200);

			assert_int_equal(go(&run, items), 0);
			assert_int_equal(run.taken, 200);
		}
	}
}

static void
more_threads_than_there_may_be_are_not_started(void **state)
{
	struct run run = running(1000, MOST);

	(void)state;
	assert_int_equal(go(&run, 40), 0);
	assert_int_equal(run.taken, MOST);
	run = running(-3, 10);
	run.threads = 1;
	assert_int_equal(go(&run, 1), 0);
	assert_int_equal(run.taken, 10);
}

static void
making_that_fails_stops_it(void **state)
{
	static const size_t at[] = {0, 1, 5, 100};
	size_t i;
	int threads;

	(void)state;
	for (threads = 1; threads <= 8; threads++) {
		for (i = 0; i < sizeof at / sizeof *at; i++) {
			struct run run = running(threads, MOST);

			run.make_fails = at[i];
			assert_int_equal(go(&run, pipeline_items(threads)), -1);
			assert_int_equal(run.made, at[i]);
			assert_in_range(run.taken, 0, at[i]);
		}
	}
}

static void
taking_that_fails_stops_it_when_work_has_come_to_its_end(void **state)
{
	static const size_t at[] = {0, 1, 5, 100};
	size_t i, items;
	int threads;

	(void)state;
	for (threads = 1; threads <= 8; threads++) {
		items = pipeline_items(threads);
		for (i = 0; i < sizeof at / sizeof *at; i++) {
			struct run run = running(threads, MOST);

			run.take_fails = at[i];
			assert_int_equal(go(&run, items), -1);
			assert_int_equal(run.taken, at[i]);
			assert_in_range(run.made, at[i] + 1, at[i] + items);
			assert_in_range(run.worked, at[i] + 1, run.made);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(things_are_taken_in_their_order_by_any_number_of_threads),
	    cmocka_unit_test(any_number_of_items_will_do),
	    cmocka_unit_test(more_threads_than_there_may_be_are_not_started),
	    cmocka_unit_test(making_that_fails_stops_it),
	    cmocka_unit_test(taking_that_fails_stops_it_when_work_has_come_to_its_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
