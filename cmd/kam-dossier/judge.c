/*
 * What a change makes of a dossier is judged as kam-dossier check would judge
 * it, before and after: mistakes that were there stay, new ones are refused.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "change.h"
#include "check.h"
#include "domain/codes.h"
#include "domain/itemkeys.h"
#include "domain/merge.h"
#include "domain/taxnumber.h"

#define CIRCLE_SHOWN 8 /* accounts of a circle that a message names */

/* by what a run judges */
struct judge {
	struct check_options options;
	struct team team;
	struct ethics ethics;
	struct ethics_reader *reader;
	struct arena arena;
};

static struct judge *
judge_of(struct change *c)
{
	const struct workspace *settings = &c->cli->settings;
	struct judge *j = c->judge;
	struct buf text = {0};

	if (j)
		return j;
	c->judge = j = xcalloc(1, sizeof *j);
	check_options_init(&j->options, c->cli->today);
	if (settings->team) {
		check_load_team(c->cli, settings->team, &j->team, &text, &j->arena);
		j->options.team = &j->team;
	}
	buf_free(&text);
	check_load_ethics(c->cli, settings->ethics, &j->ethics);
	j->reader = ethics_reader_new(&j->ethics);
	return j;
}

void
judge_free(struct judge *j)
{
	if (!j)
		return;
	ethics_reader_free(j->reader);
	ethics_free(&j->ethics);
	arena_free(&j->arena);
	free(j);
}

/*
 * The text by which a finding is known again: without the numbers of items and lines, which a change may move; a warning
 * without any, as it may count what there is.
 */
static char *
without_numbers(const char *text, enum severity severity)
{
	static const char line[] = "on line ";
	char *copy = xstrdup(text), *out = copy;

	for (const char *c = copy; *c;) {
		size_t digits = strspn(c, "0123456789");
		bool item = digits && c > copy && c[-1] == '[' && c[digits] == ']';
		bool place = digits && (size_t)(c - copy) >= strlen(line) &&
			     memcmp(text + (c - copy) - strlen(line), line, strlen(line)) == 0;

		if (item || place || (digits && severity == SEVERITY_WARNING))
			c += digits;
		else
			*out++ = *c++;
	}
	*out = '\0';
	return copy;
}

/* collects findings by their texts */
struct collector {
	struct sink sink;
	struct faults *faults; /* by severity */
	struct sink *say;      /* NULL: they are only collected */
};

static void
put_fault(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct collector *c = (struct collector *)sink;
	struct faults *f = &c->faults[severity];

	f->text = vec_grow(f->text, &f->cap, f->n + 1, sizeof *f->text);
	f->text[f->n++] = without_numbers(err->text, severity);
	if (c->say)
		sink_put(c->say, severity, rule, err);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
faults_sort(struct faults *f)
{
	if (f->n)
		qsort(f->text, f->n, sizeof *f->text, compare_texts);
}

void
faults_free(struct faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->text[i]);
	free(f->text);
}

static void
check_reading(const struct doc *doc, struct account *account, struct arena *arena, struct sink *sink)
{
	account_read(doc, account, arena, sink);
	item_keys_check(doc, 0, arena, sink);
}

void
judge_draft(const struct change *c, struct draft *d, bool say)
{
	struct faults faults[2] = {{0}, {0}};
	struct cli_sink said;
	struct collector collector = {{.put = put_fault}, faults, say ? &said.sink : NULL};

	cli_sink_init(&said, c->cli);
	check_reading(&d->doc, &d->account, &d->arena, &collector.sink);
	cli_sink_done(&said);
	d->faults = faults[SEVERITY_ERROR];
	faults_sort(&d->faults);
	faults_free(&faults[SEVERITY_WARNING]);
}

/* passes on those findings that were not there before */
struct newly {
	struct sink sink;
	const struct faults *before; /* by severity */
	size_t *met[2];		     /* beside the first of equal ones before: how many of them were met */
	bool lenient;		     /* errors are warnings */
	const char *untold;	     /* a rule of which the verb tells itself; NULL: none */
	struct cli_sink say;
};

static size_t
first_equal(const struct faults *f, const char *text)
{
	size_t low = 0, high = f->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(f->text[mid], text) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
put_newly(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct newly *n = (struct newly *)sink;
	const struct faults *before = &n->before[severity];
	char *text = without_numbers(err->text, severity);
	size_t first = first_equal(before, text);
	size_t next = first < before->n ? first + n->met[severity][first] : first;
	bool known = next < before->n && strcmp(before->text[next], text) == 0;

	free(text);
	if (known)
		n->met[severity][first]++;
	else if (!n->untold || strcmp(n->untold, rule) != 0)
		sink_put(&n->say.sink, n->lenient ? SEVERITY_WARNING : severity, rule, err);
}

static void
newly_init(struct newly *n, const struct change *c, struct draft *d, const struct faults *before)
{
	*n = (struct newly){.sink = {.put = put_newly}, .before = before};
	for (int s = 0; s < 2; s++)
		n->met[s] = arena_alloc(&d->arena, (before[s].n + 1) * sizeof *n->met[s]);
	cli_sink_init(&n->say, c->cli);
}

static void
check_document(const struct judge *j, const struct doc *doc, const struct account *account,
	       struct arena *arena, struct sink *sink)
{
	check_account(doc, account, &j->options, arena, sink);
	ethics_check(j->reader, doc, sink);
}

static _Noreturn void
refuse(const struct change *c, const struct draft *d)
{
	cli_fatal(c->cli, "%s: nothing was changed%s", d->path,
		  c->has_force ? "; all the same: --force" : "");
}

/* what kam-dossier check has against the result */
static void
judge_check(struct change *c, struct draft *d, const struct doc *doc, const struct account *account)
{
	const struct judge *j = judge_of(c);
	struct faults before[2] = {{0}, {0}};
	struct collector collector = {{.put = put_fault}, before, NULL};
	struct newly newly;

	for (const struct draft *b = d; b; b = b->also)
		check_document(j, &b->doc, &b->account, &d->arena, &collector.sink);
	faults_sort(&before[SEVERITY_ERROR]);
	faults_sort(&before[SEVERITY_WARNING]);
	newly_init(&newly, c, d, before);
	newly.lenient = c->force;
	newly.untold = c->tells_rule;
	check_document(j, doc, account, &d->arena, &newly.sink);
	cli_sink_done(&newly.say);
	faults_free(&before[SEVERITY_ERROR]);
	faults_free(&before[SEVERITY_WARNING]);
	if (newly.say.sink.errors)
		refuse(c, d);
}

/* Claims */

struct claiming {
	struct change *c;
	const struct draft *d;
	const struct doc *doc;
	struct claims claims;
	struct cli_sink say;
};

static void __attribute__((format(printf, 4, 5)))
put_claim(struct claiming *k, const char *rule, const struct node *at, const char *fmt, ...)
{
	const struct check_rule *r = check_rule_find(rule);
	char text[sizeof((struct error *)0)->text];
	struct error err;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	node_error(&err, k->doc, at, "%s", text);
	sink_put(&k->say.sink, k->c->force ? SEVERITY_WARNING : r->severity, rule, &err);
}

static bool
has_code(const struct node *external, const char *system, const char *code)
{
	const struct node *entry = node_get(external, system);

	for (const struct node *n = entry ? codes_first(entry) : NULL; n; n = codes_next(n)) {
		if (strcmp(n->text, code) == 0)
			return true;
	}
	return false;
}

static void
judge_codes(struct claiming *k, const struct node *before, const struct node *external)
{
	for (const struct node *n = external ? external->first : NULL; n && n->key; n = n->next) {
		if (tax_system(n->key) || n->kind == NODE_MAP)
			continue;
		for (const struct node *code = codes_first(n); code; code = codes_next(code)) {
			const struct claimant *other = claims_find(&k->claims, n->key, code->text);

			while (other && strcmp(other->name, k->d->name) == 0)
				other = other->next;
			if (other && !has_code(before, n->key, code->text))
				put_claim(k, "duplicate-code", code,
					  "external: the code %s of %.100s is that of %.300s:%zu too",
					  text_quoted(&k->claims.arena, code->text), n->key, other->path,
					  other->line);
		}
	}
}

static void
judge_parent(struct claiming *k, const struct node *parent)
{
	const char *id = k->d->id, *at = parent->text;
	struct buf way = {0};

	if (strcmp(at, id) != 0 && !hash_get(&k->claims.by_id, at, strlen(at)))
		put_claim(k, "parent", parent, "parent: there is no dossier of %s",
			  text_quoted(&k->claims.arena, at));
	if (!claims_reach(&k->claims, at, id))
		return;
	for (size_t i = 0; i < CIRCLE_SHOWN && strcmp(at, id) != 0; i++) {
		buf_printf(&way, ", %.40s", at);
		at = ((const struct claimant *)hash_get(&k->claims.by_id, at, strlen(at)))->parent;
	}
	put_claim(k, "parent-circle", parent, "parent: a circle: %.40s%s%s, %.40s", id,
		  way.len ? way.data : "", strcmp(at, id) == 0 ? "" : ", …", id);
	buf_free(&way);
}

/* before: NULL where the dossier was not in the folder */
static void
judge_claims_of(struct change *c, const struct draft *d, const struct doc *before, const struct doc *doc)
{
	const struct node *old = before ? before->root : NULL;
	const struct node *codes = node_get(doc->root, "external"), *parent = node_get(doc->root, "parent");
	const struct node *codes_before = node_get(old, "external"), *parent_before = node_get(old, "parent");
	bool new_codes = codes && codes->count && !(codes_before && node_equal(codes, codes_before));
	bool new_parent = parent && parent->kind == NODE_SCALAR && parent->len &&
			  !(parent_before && node_equal(parent, parent_before));
	struct claiming k = {.c = c, .d = d, .doc = doc};

	if (!new_codes && !new_parent)
		return;
	claims_read(c, &k.claims);
	cli_sink_init(&k.say, c->cli);
	if (new_codes)
		judge_codes(&k, codes_before, codes);
	if (new_parent)
		judge_parent(&k, parent);
	cli_sink_done(&k.say);
	claims_free(&k.claims);
	if (k.say.sink.errors)
		refuse(c, d);
}

void
judge_claims(struct change *c, struct draft *d)
{
	judge_claims_of(c, d, NULL, &d->doc);
}

void
judge_result(struct change *c, struct draft *d)
{
	const char *path = arena_printf(&d->arena, "%s (as it would be)", d->path);
	const struct faults before[2] = {[SEVERITY_ERROR] = d->faults};
	struct newly newly;
	struct account account;
	struct doc doc = {0};
	struct error err;

	newly_init(&newly, c, d, before);
	if (doc_parse(&doc, path, 1, (struct str){d->result.data, d->result.len}, &err) < 0)
		cli_fail(c->cli, &err);
	check_reading(&doc, &account, &d->arena, &newly.sink);
	cli_sink_done(&newly.say);
	if (newly.say.sink.errors)
		cli_fatal(c->cli, "%s: nothing was changed", d->path);
	judge_check(c, d, &doc, &account);
	if (c->compares)
		judge_claims_of(c, d, &d->doc, &doc);
	doc_free(&doc);
}
