#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHOW_AFTER 1.0 /* seconds */
#define SHOW_EVERY 0.2
#define LINE_MAX_BYTES 160

static double
seconds_between(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

void
progress_begin(struct progress *p, const char *program, const char *what, unsigned long long total,
	       bool quiet)
{
	const char *term = getenv("TERM");

	*p = (struct progress){.program = program, .what = what, .total = total};
	p->on = !quiet && isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
	clock_gettime(CLOCK_MONOTONIC, &p->begun);
	p->last = p->begun;
}

unsigned long long
progress_inputs_size(char *const *path, size_t n)
{
	unsigned long long size = 0;
	struct stat state;
	int status;

	for (size_t i = 0; i < n || i == 0; i++) {
		status =
		    n == 0 || strcmp(path[i], "-") == 0 ? fstat(STDIN_FILENO, &state) : stat(path[i], &state);
		if (status < 0 || !S_ISREG(state.st_mode))
			return 0;
		size += (unsigned long long)state.st_size;
	}
	return size;
}

/* "1:05" minutes, "12 s" */
static void
format_seconds(char *text, size_t size, double seconds)
{
	unsigned long n = seconds < 360000 ? (unsigned long)(seconds + 0.5) : 360000;

	if (n < 60)
		snprintf(text, size, "%lu s", n);
	else
		snprintf(text, size, "%lu:%02lu min", n / 60, n % 60);
}

static void
show(struct progress *p, double elapsed, unsigned long long bytes, size_t done)
{
	double megabytes = (double)bytes / 1e6, rate = (double)done / elapsed;
	int places = megabytes < 10 ? 1 : 0;
	char left[32], line[LINE_MAX_BYTES];
	int n;

	if (p->total > bytes && bytes > 0) {
		format_seconds(left, sizeof left, elapsed * (double)(p->total - bytes) / (double)bytes);
		n = snprintf(line, sizeof line, "%s: %.0f of %.0f MB, %d %%, %.0f %s/s, %s left", p->program,
			     megabytes, (double)p->total / 1e6,
			     (int)(100.0 * (double)bytes / (double)p->total), rate, p->what, left);
	} else {
		n = snprintf(line, sizeof line, "%s: %.*f MB, %.0f %s/s", p->program, places, megabytes, rate,
			     p->what);
	}
	if (n > 0)
		fprintf(stderr, "\r%s\033[K", line);
	fflush(stderr);
	p->shown = true;
}

void
progress_at(struct progress *p, unsigned long long bytes, size_t n)
{
	struct timespec now;
	double elapsed;

	if (!p->on || clock_gettime(CLOCK_MONOTONIC, &now) < 0)
		return;
	elapsed = seconds_between(p->begun, now);
	if (elapsed < SHOW_AFTER || (p->shown && seconds_between(p->last, now) < SHOW_EVERY))
		return;
	p->last = now;
	show(p, elapsed, bytes, n);
}

void
progress_clear(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
