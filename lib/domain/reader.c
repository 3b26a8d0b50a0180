#include "domain/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

/* what is parsed at once: enough to keep threads busy, little enough to hold */
#define BATCH_DOCUMENTS 256
#define BATCH_BYTES (4UL << 20)
/* of one document: a large one could have millions */
#define FINDINGS_KEPT 100

struct finding {
	enum severity severity;
	const char *rule;
	struct error err;
};

struct reader {
	struct stream *stream;
	int threads;
	void *(*work)(const void *data, struct reading *, struct sink *);
	const void *data;
	struct reading reading[BATCH_DOCUMENTS];
	size_t n, next;
	int status; /* of the stream: 1 until its end or failure */
	struct error err;
};

/* keeps findings with their document, so that they come in order */
struct keeper {
	struct sink sink;
	struct reading *reading;
};

struct reader *
reader_open(char *const *inputs, size_t n, int threads)
{
	struct reader *r = xcalloc(1, sizeof *r);

	r->stream = stream_open(inputs, n);
	r->threads = threads;
	r->status = 1;
	return r;
}

void
reader_work(struct reader *r, void *(*work)(const void *data, struct reading *, struct sink *),
	    const void *data)
{
	r->work = work;
	r->data = data;
}

static void
keep(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct reading *r = ((struct keeper *)sink)->reading;

	if (r->findings == FINDINGS_KEPT) {
		r->unkept++;
		return;
	}
	r->finding = vec_grow(r->finding, &r->findings_cap, r->findings + 1, sizeof *r->finding);
	r->finding[r->findings++] = (struct finding){severity, rule, *err};
}

static void
read_one(void *data, size_t i)
{
	const struct reader *reader = data;
	struct reading *r = &((struct reader *)data)->reading[i];
	struct keeper keeper = {.sink = {.put = keep}, .reading = r};
	struct str bytes = {r->bytes.data, r->bytes.len};
	struct error err;

	if (doc_parse(&r->doc, r->doc.file, r->doc.first_line, bytes, &err) < 0)
		sink_put(&keeper.sink, SEVERITY_ERROR, "yaml", &err);
	else
		r->usable = account_read(&r->doc, &r->account, &r->doc.arena, &keeper.sink) == 0;
	if (r->usable && reader->work)
		r->made = reader->work(reader->data, r, &keeper.sink);
}

static void
fill_batch(struct reader *r)
{
	size_t size = 0;
	struct chunk chunk;

	r->n = r->next = 0;
	while (r->n < BATCH_DOCUMENTS && size < BATCH_BYTES &&
	       (r->status = stream_next(r->stream, &chunk, &r->err)) > 0) {
		struct reading *reading = &r->reading[r->n++];

		doc_reset(&reading->doc);
		memset(&reading->account, 0, sizeof reading->account);
		reading->usable = false;
		reading->made = NULL;
		reading->findings = reading->unkept = 0;
		buf_clear(&reading->bytes);
		buf_add(&reading->bytes, chunk.bytes.p, chunk.bytes.n);
		reading->doc.file = chunk.file;
		reading->doc.first_line = chunk.first_line;
		size += chunk.bytes.n;
	}
	parallel_run(r->threads, r->n, read_one, r);
}

static void
put_findings(const struct reading *r, struct sink *sink)
{
	struct error more;
	size_t i;

	for (i = 0; i < r->findings; i++)
		sink_put(sink, r->finding[i].severity, r->finding[i].rule, &r->finding[i].err);
	if (!r->unkept)
		return;
	error_at(&more, r->doc.file, r->doc.first_line, 0, "%zu more findings in this document", r->unkept);
	sink_put(sink, r->usable ? SEVERITY_WARNING : SEVERITY_ERROR, NULL, &more);
}

int
reader_next(struct reader *r, struct reading **reading, struct sink *sink, struct error *err)
{
	if (r->next == r->n && r->status > 0)
		fill_batch(r);
	if (r->next == r->n) {
		if (r->status < 0 && err)
			*err = r->err;
		return r->status;
	}
	*reading = &r->reading[r->next++];
	put_findings(*reading, sink);
	return 1;
}

void
reader_free(struct reader *r)
{
	size_t i;

	for (i = 0; i < BATCH_DOCUMENTS; i++) {
		doc_free(&r->reading[i].doc);
		buf_free(&r->reading[i].bytes);
		free(r->reading[i].finding);
	}
	stream_free(r->stream);
	free(r);
}
