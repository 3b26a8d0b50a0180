#include "base/pipeline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum state { STATE_FREE, STATE_MADE, STATE_BUSY, STATE_DONE };

/* items stand in a ring: [taken, made) are somewhere between being made and being taken */
struct ring {
	const struct pipeline *pipeline;
	void *const *item;
	enum state *state;
	size_t n;
	size_t made, claimed, taken; /* counted from the beginning; an item's place is its number modulo n */
	bool ended;		     /* nothing more comes */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int workers; /* that have begun; 0 is the calling thread */
};

/* works on the next item that nobody does; false: there is none. The lock is held before and after. */
static bool
work_once(struct ring *ring, int worker)
{
	size_t place = ring->claimed % ring->n;

	if (ring->claimed == ring->made)
		return false;
	ring->claimed++;
	ring->state[place] = STATE_BUSY;
	pthread_mutex_unlock(&ring->lock);
	ring->pipeline->work(ring->pipeline->data, ring->item[place], worker);
	pthread_mutex_lock(&ring->lock);
	ring->state[place] = STATE_DONE;
	pthread_cond_broadcast(&ring->changed);
	return true;
}

static void *
work(void *arg)
{
	struct ring *ring = arg;
	int worker;

	pthread_mutex_lock(&ring->lock);
	worker = ring->workers++;
	while (!ring->ended || ring->claimed < ring->made)
		if (!work_once(ring, worker))
			pthread_cond_wait(&ring->changed, &ring->lock);
	pthread_mutex_unlock(&ring->lock);
	return NULL;
}

/* makes or takes an item; 1, 0: neither can be done now; -1: stop */
static int
step(struct ring *ring)
{
	const struct pipeline *p = ring->pipeline;
	size_t place = ring->taken % ring->n;
	int status;

	if (ring->taken < ring->made && ring->state[place] == STATE_DONE) {
		pthread_mutex_unlock(&ring->lock);
		status = p->take(p->data, ring->item[place]);
		pthread_mutex_lock(&ring->lock);
		ring->state[place] = STATE_FREE;
		ring->taken++;
		return status < 0 ? -1 : 1;
	}
	if (ring->ended || ring->made - ring->taken == ring->n)
		return 0;
	place = ring->made % ring->n;
	pthread_mutex_unlock(&ring->lock);
	status = p->make(p->data, ring->item[place]);
	pthread_mutex_lock(&ring->lock);
	if (status > 0) {
		ring->state[place] = STATE_MADE;
		ring->made++;
	} else {
		ring->ended = true;
	}
	pthread_cond_broadcast(&ring->changed);
	return status < 0 ? -1 : 1;
}

static int
run(struct ring *ring)
{
	int status = 0;

	pthread_mutex_lock(&ring->lock);
	while (status >= 0 && !(ring->ended && ring->taken == ring->made)) {
		status = step(ring);
		/* nothing to make or take: the calling thread works too */
		if (status == 0 && !work_once(ring, 0))
			pthread_cond_wait(&ring->changed, &ring->lock);
	}
	ring->ended = true;
	ring->claimed = ring->made;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
	return status < 0 ? -1 : 0;
}

size_t
pipeline_items(int threads)
{
	return threads <= 1 ? 1 : 2 * (size_t)threads + 2;
}

int
pipeline_run(const struct pipeline *pipeline, void *const *items, size_t n)
{
	struct ring ring = {.pipeline = pipeline, .item = items, .n = n, .workers = 1};
	int threads = pipeline->threads < PARALLEL_MAX ? pipeline->threads : PARALLEL_MAX;
	pthread_t thread[PARALLEL_MAX];
	int i, started = 0, status;

	ring.state = xcalloc(n, sizeof *ring.state);
	pthread_mutex_init(&ring.lock, NULL);
	pthread_cond_init(&ring.changed, NULL);
	/* fewer threads than asked are no failure */
	while (started + 1 < threads && pthread_create(&thread[started], NULL, work, &ring) == 0)
		started++;
	status = run(&ring);
	for (i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	pthread_cond_destroy(&ring.changed);
	pthread_mutex_destroy(&ring.lock);
	free(ring.state);
	return status;
}
