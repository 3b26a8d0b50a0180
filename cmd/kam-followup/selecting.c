/*
 * kam-followup --select: only accounts for which an expression holds, by the
 * score that kam-score wrote into them.
 */
#include <string.h>

#include "domain/selection.h"
#include "followup.h"

void
selecting_begin(struct run *run, const char *expression)
{
	struct selecting *s = &run->selecting;
	struct error err;

	if (!expression)
		return;
	s->expression = selection_parse(expression, &run->arena, &err);
	if (!s->expression)
		cli_fatal(run->cli, "--select: %s; " SELECTION_MANUAL, err.text);
	s->needs_score = selection_needs_score(s->expression);
}

/* scores are made each month, of the months that are over */
static bool
is_stale(const struct account *account, struct date today)
{
	const char *text = node_get_text(account->score, "as-of");
	struct date as_of;

	return text && date_parse(text, strlen(text), &as_of) == 0 &&
	       month_of(as_of) < month_before(today) - 1;
}

/* Without a score `not health<70` would hold for an account of which nothing is known. */
bool
selecting_holds(struct run *run, const struct account *account)
{
	struct selecting *s = &run->selecting;

	if (!s->expression)
		return true;
	s->accounts++;
	if (s->needs_score && !selection_is_scored(account)) {
		s->unscored++;
		return false;
	}
	s->stale += s->needs_score && is_stale(account, run->cli->today);
	if (!selection_holds_account(s->expression, account))
		return false;
	s->selected++;
	return true;
}

void
selecting_judge(struct run *run)
{
	const struct selecting *s = &run->selecting;

	if (s->accounts == 0)
		return;
	if (s->unscored > 0 && s->unscored < s->accounts && !run->cli->quiet)
		cli_warn(run->cli, "warning: accounts without a score, which are not selected: %zu of %zu",
			 s->unscored, s->accounts);
	if (s->stale > 0 && !run->cli->quiet)
		cli_warn(run->cli,
			 "warning: scores of more than two months ago, by which accounts are "
			 "selected: %zu of %zu; kam-score judges them again",
			 s->stale, s->accounts);
	if (s->selected > 0)
		return;
	if (s->unscored == s->accounts)
		cli_warn(run->cli, "--select needs a score, and no account carries one: "
				   "pipe the accounts through kam-score first");
	else if (!run->cli->quiet)
		cli_warn(run->cli, "no account is selected");
	run->look = run->nobody = true;
}
