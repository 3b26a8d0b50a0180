/*
 * A merge that is understood: of whole documents, or of one section of each.
 */
#include "data/lines.h"
#include "domain/merge3parts.h"

struct unit {
	struct merge3_unit *of;
	struct str text[MERGE3_SIDES];
	struct doc *doc;
	struct names names;
	struct remarks remarks;
	struct merge3_job job;
	struct arena arena;
	bool conflicts; /* of values */
};

/* Does the text say the account, with the comments that it should have? */
static bool
is_good(struct unit *u, const struct buf *text, const struct node *account, enum merge3_side prefer)
{
	const struct remarks_want want = {&u->remarks, prefer, u->conflicts};
	struct names names = {.arena = &u->arena};
	struct error err;
	struct doc doc = {0};
	bool good = doc_parse(&doc, u->of->file, 1, (struct str){text->data, text->len}, &err) == 0 &&
		    merge3_says(doc.root, account, &u->arena);

	if (good) {
		names_follow(&names, &u->names, &account_fields, account, doc.root);
		good = remarks_right(&want, &doc, &names, &u->arena);
	}
	names_free(&names);
	doc_free(&doc);
	return good;
}

/* A text that says the account, with its comments set right where they are not. */
static bool
settle(struct unit *u, const struct buf *text, const struct node *account, enum merge3_side prefer,
       struct buf *out)
{
	const struct remarks_want want = {&u->remarks, prefer, u->conflicts};
	struct names names = {.arena = &u->arena};
	struct error err;
	struct doc doc = {0};
	bool good = is_good(u, text, account, prefer);

	if (good) {
		buf_add(out, text->data, text->len);
		return true;
	}
	good = doc_parse(&doc, u->of->file, 1, (struct str){text->data, text->len}, &err) == 0 &&
	       merge3_says(doc.root, account, &u->arena);
	if (good) {
		names_follow(&names, &u->names, &account_fields, account, doc.root);
		buf_adds(out, "");
		good = remarks_put(&want, &doc, &names, &u->arena, u->of->eol, out) &&
		       is_good(u, out, account, prefer);
	}
	if (!good)
		buf_clear(out);
	names_free(&names);
	doc_free(&doc);
	return good;
}

static size_t
merge_lines(struct unit *u, const struct str text[MERGE3_SIDES], enum lines_nearness nearness,
	    enum merge3_side prefer, struct buf *out)
{
	enum lines_conflict conflict = prefer == MERGE3_OURS ? LINES_OURS : LINES_THEIRS;

	buf_adds(out, "");
	return lines_merge(text[MERGE3_BASE], text[MERGE3_OURS], text[MERGE3_THEIRS], nearness, conflict,
			   u->of->eol, out);
}

/* The account with comments and layout of both; where layouts are in conflict, with the preferred side's. */
static bool
lay_out(struct unit *u, const struct node *account, enum merge3_side prefer, bool leave_texts,
	struct buf *out)
{
	struct buf said[MERGE3_SIDES] = {{0}}, merged = {0};
	struct str text[MERGE3_SIDES];
	bool done = true;

	for (int side = 0; side < MERGE3_SIDES && done; side++) {
		buf_adds(&said[side], "");
		done = merge3_apply(&u->doc[side], account, &u->names, leave_texts, &said[side]) == 0;
		text[side] = (struct str){said[side].data, said[side].len};
	}
	if (done) {
		merge_lines(u, text, LINES_NEAR, prefer, &merged);
		done = settle(u, &merged, account, prefer, out);
	}
	for (int side = 0; side < MERGE3_SIDES; side++)
		buf_free(&said[side]);
	buf_free(&merged);
	return done;
}

/* The account laid out as one side has it, with the comments of the other put where they belong. */
static bool
lay_out_as(struct unit *u, const struct node *account, enum merge3_side side, enum merge3_side prefer,
	   struct buf *out)
{
	struct buf said = {0};
	bool done;

	buf_adds(&said, "");
	done = merge3_apply(&u->doc[side], account, &u->names, false, &said) == 0 &&
	       settle(u, &said, account, prefer, out);
	buf_free(&said);
	return done;
}

static bool
write_side(struct unit *u, const struct node *account, enum merge3_side prefer, struct buf *out)
{
	enum merge3_side other = MERGE3_OURS + MERGE3_THEIRS - prefer;

	return lay_out(u, account, prefer, true, out) || lay_out(u, account, prefer, false, out) ||
	       lay_out_as(u, account, prefer, prefer, out) || lay_out_as(u, account, other, prefer, out);
}

static bool
merge_both(struct unit *u)
{
	struct merge3_unit *of = u->of;
	const struct node *ours, *theirs;
	size_t conflicts, disputes = remarks_disputes(&u->remarks, of->file, NULL);

	ours = merge3_tree(&u->job, MERGE3_OURS, NULL, &conflicts);
	u->conflicts = conflicts > 0;
	of->conflicts = conflicts + disputes;
	if (of->conflicts == 0) {
		if (merge_lines(u, u->text, LINES_APART, MERGE3_OURS, &of->ours) == 0 &&
		    is_good(u, &of->ours, ours, MERGE3_OURS))
			return true;
		buf_clear(&of->ours);
		return write_side(u, ours, MERGE3_OURS, &of->ours);
	}
	theirs = conflicts ? merge3_tree(&u->job, MERGE3_THEIRS, NULL, &conflicts) : ours;
	if (!write_side(u, ours, MERGE3_OURS, &of->ours) ||
	    !write_side(u, theirs, MERGE3_THEIRS, &of->theirs))
		return false;
	if (conflicts)
		merge3_tree(&u->job, MERGE3_OURS, of->sink, &conflicts);
	remarks_disputes(&u->remarks, of->file, of->sink);
	return true;
}

bool
merge3_unit(struct merge3_unit *of, struct doc doc[MERGE3_SIDES])
{
	struct unit u = {.of = of, .doc = doc};
	bool done;

	u.names.arena = &u.arena;
	for (int side = 0; side < MERGE3_SIDES; side++) {
		u.text[side] = doc[side].bytes;
		u.job.root[side] = doc[side].root;
	}
	names_pair(&u.names, u.job.root);
	remarks_read(&u.remarks, doc, &u.names, &u.arena);
	u.job.file = of->file;
	u.job.remarks = &u.remarks;
	u.job.names = &u.names;
	u.job.arena = &u.arena;
	done = merge_both(&u);
	if (!done) {
		buf_clear(&of->ours);
		buf_clear(&of->theirs);
	}
	remarks_free(&u.remarks);
	names_free(&u.names);
	arena_free(&u.arena);
	return done;
}
