#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* n bytes of text without the beginning of a character that its end was cut from */
static size_t
whole_characters(const char *s, size_t n)
{
	size_t start = n;

	while (start > 0 && n - start < 3 && ((unsigned char)s[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0 || (unsigned char)s[start - 1] < 0xC0)
		return n;
	start--;
	return utf8_check(s + start, n - start) == n - start ? n : start;
}

/* Through a copy, because a message that is being put in context is often an argument of its successor. */
static void
error_text(struct error *err, const char *fmt, va_list ap)
{
	char text[sizeof(err->text)];
	int n = vsnprintf(text, sizeof(text), fmt, ap);

	if (n < 0)
		text[0] = '\0';
	if (n >= (int)sizeof(text))
		text[whole_characters(text, sizeof(text) - 1)] = '\0';
	memcpy(err->text, text, strlen(text) + 1);
}

int
error_set(struct error *err, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return -1;
	va_start(ap, fmt);
	error_text(err, fmt, ap);
	va_end(ap);
	err->file = NULL;
	err->line = 0;
	err->column = 0;
	return -1;
}

int
error_at(struct error *err, const char *file, size_t line, size_t column, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return -1;
	va_start(ap, fmt);
	error_text(err, fmt, ap);
	va_end(ap);
	err->file = file;
	err->line = line;
	err->column = column;
	return -1;
}

int
error_sys(struct error *err, const char *file, const char *fmt, ...)
{
	char reason[256];
	int number = errno;
	va_list ap;
	size_t n;

	if (err == NULL)
		return -1;
	va_start(ap, fmt);
	error_text(err, fmt, ap);
	va_end(ap);
	err->file = file;
	err->line = 0;
	err->column = 0;
	if (strerror_r(number, reason, sizeof(reason)) != 0)
		snprintf(reason, sizeof(reason), "error %d", number);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof(err->text) - n, ": %s", reason);
	errno = number;
	return -1;
}

void
error_format(const struct error *err, struct buf *out)
{
	const char *file = err->file && !*err->file ? "an empty name" : err->file;

	if (file != NULL) {
		text_safe(out, file, strlen(file));
		if (err->line > 0)
			buf_printf(out, ":%zu", err->line);
		if (err->line > 0 && err->column > 0)
			buf_printf(out, ":%zu", err->column);
		buf_adds(out, ": ");
	}
	text_safe(out, err->text, strlen(err->text));
}

void
sink_put(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	if (severity == SEVERITY_ERROR)
		sink->errors++;
	else
		sink->warnings++;
	if (sink->put != NULL)
		sink->put(sink, severity, rule, err);
}
