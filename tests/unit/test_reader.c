#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/reader.h"
#include "findings.h"

#define MANY 1000 /* documents: several batches */

/* a file that is being read, and what was found in it */
struct source {
	char path[64];
	struct reader *reader;
	struct reading *reading;
	struct findings found;
	struct error err;
};

static void
source_open(struct source *s, const char *text, size_t n, int threads)
{
	char *inputs[] = {s->path};
	FILE *file;
	int fd;

	memset(s, 0, sizeof *s);
	snprintf(s->path, sizeof s->path, "/tmp/kam-reader.XXXXXX");
	fd = mkstemp(s->path);
	assert_true(fd >= 0);
	file = fdopen(fd, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
	findings_init(&s->found);
	s->reader = reader_open(inputs, 1, threads);
	/* the array of inputs must last only until the first document, which opens the file */
	assert_int_not_equal(reader_next(s->reader, &s->reading, &s->found.sink, &s->err), 2);
}

static void
source_close(struct source *s)
{
	reader_free(s->reader);
	buf_free(&s->found.text);
	unlink(s->path);
}

int
main(void)
{
	return 0;
}
