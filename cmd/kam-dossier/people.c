/*
 * kam-dossier people: the relationship map. Who reports to whom, who is
 * missing, the way to the decider, and what changed since a day.
 */
#include "domain/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "graph.h"
#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DECIDERS_SHOWN 5
#define HEAD_LEVEL 4  /* from it on somebody is at the head */
#define CLERK_LEVEL 2 /* up to it somebody is at the base */

static const struct cli_option options[] = {
    VIEW_OPTIONS,
    {'f', "format", "FORMAT", "text (default), markdown, html, dot (Graphviz) or mermaid"},
    {0, "since", "DATE", "also what changed since that day, from git's history of the file"},
};

enum graph { GRAPH_NONE, GRAPH_DOT, GRAPH_MERMAID };

struct asked {
	enum graph graph;
	struct date since;
};

/* one account's map being written */
struct map {
	const struct view *view;
	const struct account *account;
	struct people people;
	struct page *page;
	struct arena *arena;
	struct date today;
};

static const char *
stance_of(const struct person *p)
{
	return p->contact && p->contact->stance ? p->contact->stance : "stance unknown";
}

/* "Name, position: decider, high influence, supporter" */
static const char *
person_text(const struct map *m, const struct person *p)
{
	const struct contact *c = p->contact;
	struct buf text = {0};
	const char *copy;

	buf_adds(&text, person_name(p));
	if (!c) {
		buf_adds(&text, ": not in the dossier");
	} else {
		if (c->position)
			buf_printf(&text, ", %s", c->position);
		buf_printf(&text, ": %s%s%s%s%s", c->role ? c->role : "", c->role ? ", " : "",
			   c->influence ? c->influence : "", c->influence ? " influence, " : "",
			   stance_of(p));
		if (c == account_main_contact(m->account, m->today))
			buf_adds(&text, " *");
		if (p->gone)
			buf_printf(&text, ", left on %s", say_date(m->arena, c->left));
	}
	if (p->circle)
		buf_printf(&text, "; by the file reports to %s, in a circle", person_name(p->circle));
	copy = arena_copy(m->arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

static void
write_tree(const struct map *m)
{
	page_section(m->page, "Who reports to whom");
	for (const struct person *p = people_next(&m->people, NULL); p; p = people_next(&m->people, p))
		page_tree(m->page, p->depth, "%s", person_text(m, p));
	part_main_note(m->page, account_main_contact(m->account, m->today));
}

/* what should be known, each by itself, and in one line what would be good to know */
static void
write_wanted(const struct map *m, const char *what, const struct wanted *wanted, size_t n,
	     const size_t *count)
{
	struct buf others = {0};

	for (size_t i = 0; i < n; i++) {
		if (count[i] > 0)
			continue;
		if (wanted[i].why)
			page_item(m->page, PAGE_PLAIN, "%s %s: %s", what, wanted[i].word, wanted[i].why);
		else
			buf_printf(&others, "%s%s", others.len > 0 ? ", " : "", wanted[i].word);
	}
	if (others.len > 0)
		page_item(m->page, PAGE_QUIET, "%s also unknown: %s", what, others.data);
	buf_free(&others);
}

static void
write_missing(const struct map *m)
{
	const struct contact *main = account_main_contact(m->account, m->today);
	struct coverage cover;

	people_coverage(&m->people, &cover);
	page_section(m->page, "Who is missing");
	if (cover.present < ACCOUNT_CONTACTS_LEAST)
		page_item(m->page, PAGE_ALERT, "contacts: %zu of at least %d (S1)", cover.present,
			  ACCOUNT_CONTACTS_LEAST);
	if (!main || main->primary != YESNO_YES)
		page_item(m->page, PAGE_ALERT,
			  "nobody is named as the main contact, who is told of every contact (S2)");
	if (cover.highest < HEAD_LEVEL)
		page_item(m->page, PAGE_PLAIN, "level %d or above: links go up and down (S1)", HEAD_LEVEL);
	if (cover.lowest == 0 || cover.lowest > CLERK_LEVEL)
		page_item(m->page, PAGE_PLAIN, "level %d or below: links go up and down (S1)", CLERK_LEVEL);
	write_wanted(m, "function", people_functions, PEOPLE_FUNCTIONS, cover.function);
	write_wanted(m, "role", people_roles, PEOPLE_ROLES, cover.role);
	for (size_t i = m->people.contacts; i < m->people.n; i++)
		page_item(m->page, PAGE_PLAIN, "%s: somebody reports to this id, and no contact has it",
			  m->people.person[i].id);
}

/* the last time we spoke with one; unset: never */
static struct date
last_met(const struct map *m, const struct person *p)
{
	const struct log_entry *e = m->account->log.v;
	struct date last = {0};

	for (size_t i = 0; i < m->account->log.n; i++) {
		if (date_cmp(e[i].date, m->today) > 0 || date_cmp(e[i].date, last) <= 0)
			continue;
		for (size_t j = 0; j < e[i].with.n; j++)
			if (strcmp(e[i].with.v[j], p->id) == 0)
				last = e[i].date;
	}
	return last;
}

/* "who reports to …", "who leads …", "who was with … at a meeting on …" */
static void
add_step(const struct map *m, struct buf *text, const struct route_step *step)
{
	const char *name = person_name(step->person);

	if (step->link == LINK_REPORTS)
		buf_printf(text, ", who reports to %s", name);
	else if (step->link == LINK_LEADS)
		buf_printf(text, ", who leads %s", name);
	else
		buf_printf(text, ", who met us on %s together with %s", say_date(m->arena, step->met), name);
	buf_printf(text, " (%s)", stance_of(step->person));
}

/* why the way does not begin with a friend */
static const char *
way_unfriendly(const struct route *route)
{
	return route->friends ? "; nobody who speaks for us is linked with them"
			      : "; nobody of theirs speaks for us yet";
}

static void
write_route(const struct map *m, const struct person *decider, const struct route *route)
{
	struct date met = last_met(m, decider);
	struct buf text = {0};

	buf_printf(&text, "To %s (%s", person_name(decider), stance_of(decider));
	if (date_is_set(met))
		buf_printf(&text, ", last spoken with on %s): ", say_date(m->arena, met));
	else
		buf_adds(&text, ", never spoken with): ");
	if (route->n == 0)
		buf_adds(
		    &text,
		    "no way is known. Nobody who is for us, and nobody whom we met, is linked with them");
	else if (route->n == 1)
		buf_printf(&text, "%s%s",
			   route->friendly ? "for us already; no detour is needed" : "directly",
			   route->friendly ? "" : way_unfriendly(route));
	else
		buf_printf(&text, "begin with %s (%s)%s", person_name(route->step[0].person),
			   stance_of(route->step[0].person), route->friendly ? "" : ", whom we met");
	for (size_t i = 1; i < route->n; i++)
		add_step(m, &text, &route->step[i]);
	if (route->n > 1 && !route->friendly)
		buf_adds(&text, way_unfriendly(route));
	page_line(m->page, PAGE_PLAIN, "%s.", text.data);
	for (size_t i = 0; i + 1 < route->n; i++)
		if (person_is_against_us(route->step[i].person))
			page_line(m->page, PAGE_ALERT, "The way leads through %s, who is against us (%s).",
				  person_name(route->step[i].person), stance_of(route->step[i].person));
	buf_free(&text);
}

static void
write_routes(const struct map *m)
{
	size_t deciders = 0;

	page_section(m->page, "The way to the decider");
	for (size_t i = 0; i < m->people.contacts; i++) {
		const struct person *p = &m->people.person[i];
		struct route route;

		if (p->gone || !p->contact->role || strcmp(p->contact->role, "decider") != 0 ||
		    deciders++ >= DECIDERS_SHOWN)
			continue;
		people_route(&m->people, m->account, p, m->today, &route, m->arena);
		write_route(m, p, &route);
	}
	if (deciders == 0)
		page_line(m->page, PAGE_ALERT, "No contact who is still there is known to decide (S2).");
	if (deciders > DECIDERS_SHOWN)
		page_line(m->page, PAGE_QUIET, "%zu more deciders: show --section contacts",
			  deciders - DECIDERS_SHOWN);
}

static void
write_dependence(const struct map *m)
{
	const struct part part = {
	    .account = m->account, .today = m->today, .page = m->page, .arena = m->arena};

	part_dependence(&part, &m->people);
}

/* Changes */

static void
write_change(const struct map *m, const struct people_change *c)
{
	const char *name = c->name ? c->name : c->id;

	if (c->came)
		page_item(m->page, PAGE_PLAIN, "%s%s%s: new in the dossier", name, c->now ? ", " : "",
			  c->now ? c->now : "");
	else if (c->went)
		page_item(m->page, PAGE_PLAIN, "%s%s%s: no longer in the dossier", name, c->old ? ", " : "",
			  c->old ? c->old : "");
	else
		page_item(m->page, PAGE_PLAIN, "%s: %s %s → %s", name, c->field, c->old ? c->old : "none",
			  c->now ? c->now : "none");
}

static void
finding_ignore(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	(void)sink;
	(void)severity;
	(void)rule;
	(void)err;
}

/* the dossier as it stood then against the one of today */
static void
write_changes_from(const struct map *m, const struct commit *commit, struct buf *bytes)
{
	struct sink sink = {.put = finding_ignore};
	struct people_changes changes;
	struct doc doc = {0};
	struct account old;
	struct error err;

	if (history_file(m->view->file, commit, bytes) < 0 ||
	    doc_parse(&doc, m->view->file, 1, (struct str){bytes->data ? bytes->data : "", bytes->len},
		      &err) < 0) {
		page_line(m->page, PAGE_ALERT, "The dossier as of %s cannot be read from git.",
			  say_date(m->arena, commit->written));
		doc_free(&doc);
		return;
	}
	account_read(&doc, &old, m->arena, &sink);
	people_compare(&old, m->account, &changes, m->arena);
	for (size_t i = 0; i < changes.n; i++)
		write_change(m, &changes.v[i]);
	if (changes.n == 0)
		page_line(m->page, PAGE_QUIET, "Nobody came, left or changed.");
	doc_free(&doc);
}

static void
write_changes(const struct map *m, struct date since)
{
	struct commits commits = {0};
	struct buf bytes = {0};
	size_t before;

	page_section(m->page, arena_printf(m->arena, "Changes since %s", say_date(m->arena, since)));
	if (m->view->file)
		history_read(m->view->file, &commits, m->arena);
	/* A rebase or cherry-pick leaves days out of order: what is told of may then be older, but nothing is missing. */
	for (before = commits.n; before > 0 && date_cmp(commits.v[before - 1].written, since) <= 0; before--)
		;
	if (before < commits.n)
		write_changes_from(m, &commits.v[before], &bytes);
	else if (commits.n > 0)
		page_line(m->page, PAGE_QUIET, "The dossier is younger: git has it since %s.",
			  say_date(m->arena, commits.v[commits.n - 1].written));
	else
		page_line(m->page, PAGE_QUIET, "Not known: git has no history of the dossier.");
	buf_free(&bytes);
}

static void
people_account(struct view *v, void *data)
{
	const struct asked *asked = data;
	struct map m = {.view = v, .account = v->account, .arena = v->scratch, .today = v->cli->today};

	people_read(&m.people, v->account, m.today, v->scratch);
	if (asked->graph == GRAPH_DOT) {
		graph_write_dot(&m.people, view_title(v), stdout);
	} else if (asked->graph == GRAPH_MERMAID) {
		graph_write_mermaid(&m.people, stdout);
	} else {
		m.page = page_new(arena_printf(v->scratch, "%s, people", view_title(v)));
		write_dependence(&m);
		write_tree(&m);
		write_routes(&m);
		write_missing(&m);
		if (date_is_set(asked->since))
			write_changes(&m, asked->since);
		view_put(v, m.page);
	}
	people_free(&m.people);
}

static void
format_take(struct asked *asked, struct view *view, const char *value)
{
	struct buf quoted = {0};
	struct error err;

	asked->graph = strcmp(value, "dot") == 0       ? GRAPH_DOT
		       : strcmp(value, "mermaid") == 0 ? GRAPH_MERMAID
						       : GRAPH_NONE;
	if (asked->graph != GRAPH_NONE || page_format_parse(value, &view->page.format, &err) == 0)
		return;
	text_quote(&quoted, value, strlen(value));
	cli_usage(view->cli, "--format: unknown format %s; there are text, markdown, html, dot and mermaid",
		  quoted.data);
}

int
dossier_people(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Who reports to whom at a client, who is missing, and the way to the decider.",
	    .usage = "people [OPTION …] ID|FILE|- …",
	    .option = options,
	    .options = COUNT(options),
	};
	struct asked asked = {0};
	const char *value;
	struct view view;
	char **operands;
	int option;
	size_t n;

	cli_begin(&cli, argc, argv);
	view_begin(&view, &cli);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (view_option(&view, option, value))
			continue;
		if (option == 'f')
			format_take(&asked, &view, value);
		else
			asked.since = cli_date(&cli, "--since", value);
	}
	operands = cli_operands(&cli, &n);
	return view_run(&view, operands, n, people_account, &asked);
}
