#include "domain/merge3.h"

#include "data/lines.h"
#include "domain/merge3parts.h"

static const char *const side_names[] = {"base", "ours", "theirs"};

/* one merge of texts */
struct job {
	const char *file;
	struct str text[MERGE3_SIDES];
	struct doc doc[MERGE3_SIDES];
	struct buf unified[MERGE3_SIDES]; /* texts whose line ends were made the same */
	const char *eol;		  /* of what is written */
	bool crlf;			  /* LF is to become CR LF in the end */
	struct sink *sink;
	struct arena arena;
};

enum line_ends { ENDS_NONE, ENDS_LF, ENDS_CRLF, ENDS_MIXED };

static enum line_ends
line_ends(struct str text)
{
	enum line_ends ends = ENDS_NONE;

	for (size_t i = 0; i < text.n; i++) {
		enum line_ends this;

		if (text.p[i] != '\n')
			continue;
		this = i > 0 && text.p[i - 1] == '\r' ? ENDS_CRLF : ENDS_LF;
		if (ends != ENDS_NONE && ends != this)
			return ENDS_MIXED;
		ends = this;
	}
	return ends;
}

static void
to_lf(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (!(text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n'))
			buf_addc(out, text.p[i]);
	}
}

static void
to_crlf(struct buf *text)
{
	struct buf out = {0};

	for (size_t i = 0; i < text->len; i++) {
		if (text->data[i] == '\n')
			buf_addc(&out, '\r');
		buf_addc(&out, text->data[i]);
	}
	buf_free(text);
	*text = out;
}

/* Line ends are a property of the text: if one side changed them, the result has that side's. */
static void
unify_line_ends(struct job *job)
{
	enum line_ends ends[MERGE3_SIDES], chosen;
	bool differ = false;

	for (int side = 0; side < MERGE3_SIDES; side++) {
		ends[side] = line_ends(job->text[side]);
		if (ends[side] == ENDS_MIXED)
			return;
	}
	for (int side = 0; side < MERGE3_SIDES; side++)
		differ = differ || (ends[side] != ENDS_NONE && ends[side] != ends[MERGE3_OURS]);
	if (!differ)
		return;
	chosen = ends[MERGE3_OURS] == ends[MERGE3_BASE] ? ends[MERGE3_THEIRS] : ends[MERGE3_OURS];
	job->crlf = chosen == ENDS_CRLF;
	for (int side = 0; side < MERGE3_SIDES; side++) {
		to_lf(&job->unified[side], job->text[side]);
		job->text[side] = (struct str){job->unified[side].data, job->unified[side].len};
	}
}

/* says which of the texts are no dossiers; 0, or -1 */
static int
parse_sides(struct job *job)
{
	struct error err, e;
	int result = 0;

	for (int side = 0; side < MERGE3_SIDES; side++) {
		if (doc_parse(&job->doc[side], job->file, 1, job->text[side], &err) == 0)
			continue;
		error_at(&e, job->file, err.line, err.column, "%s: %.900s; merged by lines alone",
			 side_names[side], err.text);
		sink_put(job->sink, SEVERITY_ERROR, "syntax", &e);
		result = -1;
	}
	return result;
}

static bool
says(struct job *job, const struct buf *text, const struct node *account)
{
	struct error err;
	struct doc doc = {0};
	bool result = doc_parse(&doc, job->file, 1, (struct str){text->data, text->len}, &err) == 0 &&
		      merge3_says(doc.root, account, &job->arena);

	doc_free(&doc);
	return result;
}

static size_t
merge_lines(struct job *job, enum lines_conflict conflict, struct buf *out)
{
	return lines_merge(job->text[MERGE3_BASE], job->text[MERGE3_OURS], job->text[MERGE3_THEIRS],
			   LINES_APART, conflict, job->eol, out);
}

/* The account with comments and layout of both; where these are in conflict, with the preferred side's. False: no such
 * text says the account. */
static bool
lay_out(struct job *job, const struct node *account, enum merge3_side prefer, bool leave_texts,
	struct buf *out)
{
	enum lines_conflict conflict = prefer == MERGE3_OURS ? LINES_OURS : LINES_THEIRS;
	struct buf said[MERGE3_SIDES] = {{0}};
	struct str text[MERGE3_SIDES];
	bool done = true;

	for (int side = 0; side < MERGE3_SIDES && done; side++) {
		done = merge3_apply(&job->doc[side], account, leave_texts, &said[side]) == 0;
		text[side] = (struct str){said[side].data, said[side].len};
	}
	if (done) {
		lines_merge(text[MERGE3_BASE], text[MERGE3_OURS], text[MERGE3_THEIRS], LINES_NEAR, conflict,
			    job->eol, out);
		done = says(job, out, account);
	}
	if (!done)
		buf_clear(out);
	for (int side = 0; side < MERGE3_SIDES; side++)
		buf_free(&said[side]);
	return done;
}

/* The account as the preferred side has it; comments of the other are only where both are laid out alike. */
static bool
write_side(struct job *job, const struct node *account, enum merge3_side prefer, struct buf *out)
{
	return lay_out(job, account, prefer, true, out) || lay_out(job, account, prefer, false, out) ||
	       merge3_apply(&job->doc[prefer], account, false, out) == 0;
}

/* marks wherever ours and theirs differ, for nothing better is certain */
static enum merge3_result
mark_lines(struct job *job, struct buf *out)
{
	struct error err;

	if (merge_lines(job, LINES_MARK, out) == 0) {
		buf_clear(out);
		lines_mark(job->text[MERGE3_OURS], job->text[MERGE3_THEIRS], job->eol, out);
	}
	error_at(&err, job->file, 0, 0,
		 "conflict: laid out so that it cannot be merged by what it says; merged by lines alone");
	sink_put(job->sink, SEVERITY_ERROR, "conflict", &err);
	return MERGE3_CONFLICT;
}

/* Two texts, each sound, one with what ours says and has where the sides are in conflict, one with what theirs does:
 * what differs between them is what a person has to look at. */
static enum merge3_result
merge_laid_out(struct job *job, const struct node *by_ours, const struct node *by_theirs, size_t conflicts,
	       struct buf *out)
{
	enum merge3_result result = MERGE3_DONE;
	struct buf ours = {0}, theirs = {0};
	struct error err;

	if (!write_side(job, by_ours, MERGE3_OURS, &ours) ||
	    !write_side(job, by_theirs, MERGE3_THEIRS, &theirs)) {
		result = mark_lines(job, out);
	} else if (lines_mark((struct str){ours.data, ours.len}, (struct str){theirs.data, theirs.len},
			      job->eol, out) > 0) {
		result = MERGE3_CONFLICT;
		error_at(&err, job->file, 0, 0, "conflict: both changed the same comments or layout");
		if (conflicts == 0)
			sink_put(job->sink, SEVERITY_ERROR, "comments", &err);
	}
	buf_free(&ours);
	buf_free(&theirs);
	return result;
}

static enum merge3_result
merge_accounts(struct job *job, struct buf *out)
{
	const struct node *root[MERGE3_SIDES], *ours, *theirs;
	size_t conflicts;

	for (int side = 0; side < MERGE3_SIDES; side++)
		root[side] = job->doc[side].root;
	ours = merge3_tree(job->file, root, MERGE3_OURS, &job->arena, job->sink, &conflicts);
	if (conflicts == 0 && merge_lines(job, LINES_OURS, out) == 0 && says(job, out, ours))
		return MERGE3_DONE;
	buf_clear(out);
	theirs = ours;
	if (conflicts)
		theirs = merge3_tree(job->file, root, MERGE3_THEIRS, &job->arena, NULL, &conflicts);
	return merge_laid_out(job, ours, theirs, conflicts, out);
}

enum merge3_result
merge3(const char *file, const struct str text[MERGE3_SIDES], struct buf *out, struct sink *sink)
{
	struct job job = {.file = file, .sink = sink, .eol = "\n"};
	enum merge3_result result = MERGE3_CONFLICT;
	struct buf merged = {0};

	for (int side = 0; side < MERGE3_SIDES; side++)
		job.text[side] = text[side];
	unify_line_ends(&job);
	if (line_ends(job.text[MERGE3_OURS]) == ENDS_CRLF)
		job.eol = "\r\n";
	if (parse_sides(&job) == 0)
		result = merge_accounts(&job, &merged);
	else
		merge_lines(&job, LINES_MARK, &merged);
	if (job.crlf)
		to_crlf(&merged);
	if (merged.len)
		buf_add(out, merged.data, merged.len);
	for (int side = 0; side < MERGE3_SIDES; side++) {
		doc_free(&job.doc[side]);
		buf_free(&job.unified[side]);
	}
	arena_free(&job.arena);
	buf_free(&merged);
	return result;
}
