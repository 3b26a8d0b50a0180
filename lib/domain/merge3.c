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

static enum merge3_result
merge_accounts(struct job *job, struct buf *out)
{
	struct merge3_unit unit = {.file = job->file, .eol = job->eol, .sink = job->sink};
	bool done = merge3_unit(&unit, job->doc);

	if (!done)
		done = merge3_sections(&unit, job->doc, out);
	else if (unit.conflicts == 0)
		buf_add(out, unit.ours.data, unit.ours.len);
	else
		lines_mark((struct str){unit.ours.data, unit.ours.len},
			   (struct str){unit.theirs.data, unit.theirs.len}, job->eol, out);
	buf_free(&unit.ours);
	buf_free(&unit.theirs);
	return done && unit.conflicts == 0 ? MERGE3_DONE : MERGE3_CONFLICT;
}

enum merge3_result
merge3(const char *file, const struct str text[MERGE3_SIDES], struct buf *out, struct sink *sink)
{
	struct job job = {.file = file, .sink = sink, .eol = "\n"};
	enum merge3_result result = MERGE3_CONFLICT;
	struct buf merged = {0};

	for (int side = 0; side < MERGE3_SIDES; side++)
		job.text[side] = text[side].n ? text[side] : (struct str){"", 0};
	unify_line_ends(&job);
	if (line_ends(job.text[MERGE3_OURS]) == ENDS_CRLF)
		job.eol = "\r\n";
	if (parse_sides(&job) == 0)
		result = merge_accounts(&job, &merged);
	else
		lines_merge(job.text[MERGE3_BASE], job.text[MERGE3_OURS], job.text[MERGE3_THEIRS],
			    LINES_APART, LINES_MARK, job.eol, &merged);
	if (job.crlf)
		to_crlf(&merged);
	if (merged.len)
		buf_add(out, merged.data, merged.len);
	for (int side = 0; side < MERGE3_SIDES; side++) {
		doc_free(&job.doc[side]);
		buf_free(&job.unified[side]);
	}
	buf_free(&merged);
	return result;
}
