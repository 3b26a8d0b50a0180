/*
 * A sink that writes down what it is told, one finding to a line as people
 * would see it: "error name: f.yaml:2:3: …". For tests that compare messages.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include <stddef.h>

#include "base/error.h"

struct findings {
	struct sink sink;
	struct buf text;
};

static void
findings_put(struct sink *sink, enum severity severity, const char *rule, const struct error *e)
{
	struct findings *f = (struct findings *)((char *)sink - offsetof(struct findings, sink));

	buf_printf(&f->text, "%s %s: ", severity == SEVERITY_ERROR ? "error" : "warning", rule);
	error_format(e, &f->text);
	buf_addc(&f->text, '\n');
}

static void
findings_init(struct findings *f)
{
	*f = (struct findings){.sink = {.put = findings_put}};
}

static const char *
findings_text(const struct findings *f)
{
	return f->text.data ? f->text.data : "";
}

#endif
