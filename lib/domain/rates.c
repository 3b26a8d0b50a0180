#include "domain/rates.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct field rates_table[] = {
    {"currency", FIELD_CURRENCY, offsetof(struct rates, currency), NULL, NULL, FIELD_REQUIRED, NULL,
     "the currency that accounts are judged in"},
    {"rates", FIELD_DECIMALS, offsetof(struct rates, of), NULL, NULL, FIELD_REQUIRED, "money",
     "by the code of each other currency: how much of that currency one of it is worth; above 0, with at "
     "most ten places"},
};
const struct fields rates_fields = {"rates", rates_table, sizeof rates_table / sizeof *rates_table,
				    sizeof(struct rates), false};

/* what is wrong with a rate; NULL: nothing */
static const char *
rate_fault(const struct rates *rates, const char *currency, const struct decimal *rate)
{
	const struct decimal one = decimal_int(1);

	if (!field_currency_is_valid(currency))
		return "not a currency, as EUR";
	if (decimal_sign(rate) <= 0)
		return "not a rate, above 0";
	if (rate->places > RATE_PLACES)
		return "not a rate of ten decimal places at the most";
	if (strcmp(currency, rates->currency) == 0 && decimal_cmp(rate, &one) != 0)
		return "the rates are in this currency itself, one of which is 1";
	return NULL;
}

static int
rates_check(const struct doc *doc, const struct rates *rates, struct sink *sink)
{
	const struct node *map = node_get(doc->root, "rates");
	int status = 0;

	for (size_t i = 0; i < rates->of.n; i++) {
		const char *name = rates->of.name[i], *fault = rate_fault(rates, name, &rates->of.amount[i]);
		const struct node *rate = node_get(map, name);
		struct buf quoted = {0};
		struct error e = {0};

		if (!fault)
			continue;
		if (field_currency_is_valid(name))
			text_quote(&quoted, rate->text, rate->len);
		node_error(&e, doc, rate, "rates.%s: %s%s%s", name, fault, quoted.len ? ": " : "",
			   quoted.len ? quoted.data : "");
		buf_free(&quoted);
		sink_put(sink, SEVERITY_ERROR, "value", &e);
		status = -1;
	}
	return status;
}

struct rate {
	const char *currency;
	struct decimal rate;
};

static int
rate_cmp(const void *a, const void *b)
{
	return strcmp(((const struct rate *)a)->currency, ((const struct rate *)b)->currency);
}

static void
rates_sort(struct amounts *of)
{
	struct rate *sorted = xcalloc(of->n + 1, sizeof *sorted);

	for (size_t i = 0; i < of->n; i++)
		sorted[i] = (struct rate){of->name[i], of->amount[i]};
	qsort(sorted, of->n, sizeof *sorted, rate_cmp);
	for (size_t i = 0; i < of->n; i++) {
		of->name[i] = sorted[i].currency;
		of->amount[i] = sorted[i].rate;
	}
	free(sorted);
}

int
rates_read(struct rates *rates, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	/* the tree grows in the caller's arena, lent to the document, as the strings lie in it */
	struct doc doc = {.arena = *arena};
	struct error e = {0};
	int result;

	memset(rates, 0, sizeof *rates);
	result = doc_parse(&doc, file, 1, text, &e);
	if (result < 0)
		sink_put(sink, SEVERITY_ERROR, "syntax", &e);
	else
		result = fields_read(&doc, doc.root, &rates_fields, rates, &doc.arena, sink);
	if (result == 0)
		result = rates_check(&doc, rates, sink);
	if (result == 0) {
		rates_sort(&rates->of);
		doc_place(&doc, node_get(doc.root, "currency")->start, &rates->line, &rates->column);
	}
	rates->file = arena_strdup(&doc.arena, file);
	*arena = doc.arena;
	return result;
}

static int
code_cmp(const void *code, const void *name)
{
	return strcmp(code, *(const char *const *)name);
}

const struct decimal *
rates_find(const struct rates *rates, const char *currency)
{
	const char **found;

	if (rates->of.n == 0)
		return NULL;
	found = bsearch(currency, rates->of.name, rates->of.n, sizeof *rates->of.name, code_cmp);
	return found ? &rates->of.amount[found - rates->of.name] : NULL;
}
