/*
 * kam-followup --select: only accounts for which an expression holds, by the
 * score that kam-score wrote into them.
 */
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
	if (!selection_holds_account(s->expression, account))
		return false;
	s->selected++;
	return true;
}

void
selecting_judge(struct run *run)
{
	const struct selecting *s = &run->selecting;

	if (s->accounts == 0 || s->selected == s->accounts)
		return;
	if (s->unscored > 0 && s->unscored < s->accounts && !run->cli->quiet)
		cli_warn(run->cli, "warning: accounts without a score, which are not selected: %zu of %zu",
			 s->unscored, s->accounts);
	if (s->selected > 0)
		return;
	if (s->unscored == s->accounts)
		cli_warn(run->cli, "--select needs a score, and no account carries one: "
				   "pipe the accounts through kam-score first");
	else if (!run->cli->quiet)
		cli_warn(run->cli, "no account is selected");
	run->look = run->nobody = true;
}
