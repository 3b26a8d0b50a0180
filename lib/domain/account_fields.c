/*
 * The account's fields: what each is called, what it may hold, what it means.
 * The single source of reading, checking and kam-account(5). Every table is
 * open: names that stand in none of them are kept and passed on.
 */
#include <stddef.h>

#include "domain/account.h"
#include "domain/audit.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* what tells items apart; an item without it could not be merged */
#define ITEM_KEY (FIELD_KEY | FIELD_REQUIRED)

static const char *const tiers[] = {"key", "large", "standard", "prospect", NULL};
static const char *const categories[] = {"breadwinner", "prospective", "renowned", "mentor",
					 "partner",	"innovator",   NULL};
static const char *const switches[] = {"on", "off", NULL};
static const char *const functions[] = {"purchasing", "management", "finance",	"logistics", "production",
					"technical",  "legal",	    "clerical", "hr",	     NULL};
static const char *const levels[] = {"1", "2", "3", "4", "5", NULL};
static const char *const roles[] = {"decider", "influencer", "approver", "user", "gatekeeper", NULL};
static const char *const influences[] = {"low", "medium", "high", NULL};
static const char *const stances[] = {"champion", "supporter", "neutral", "critic", "blocker", NULL};
static const char *const stages[] = {"lead", "qualified", "proposal", "negotiation", "won", "lost", NULL};
static const char *const sources[] = {"referral", "cold-call", "exhibition", "tender",
				      "inbound",  "existing",  NULL};

static const struct field financials_table[] = {
    {"year", FIELD_INT, offsetof(struct financials, year), NULL, NULL, 0, NULL,
     "the business year of these figures"},
    {"revenue", FIELD_DECIMAL, offsetof(struct financials, revenue), NULL, NULL, FIELD_POSITIVE, "money",
     "the client's own turnover in that year"},
    {"employees", FIELD_INT, offsetof(struct financials, employees), NULL, NULL, 0, "people",
     "how many work there"},
    {"budget", FIELD_DECIMAL, offsetof(struct financials, budget), NULL, NULL, FIELD_POSITIVE, "money",
     "what it spends a year on what we could supply"},
};
static const struct fields financials_fields = {"financials", financials_table, COUNT(financials_table),
						sizeof(struct financials), true};

static const struct field profile_table[] = {
    {"industry", FIELD_TEXT, offsetof(struct profile, industry), NULL, NULL, 0, NULL, "what the client does"},
    {"industry-rank", FIELD_INT, offsetof(struct profile, industry_rank), NULL, NULL, 0, NULL,
     "its place by size in its industry or territory, 1 the largest (S0)"},
    {"region", FIELD_TEXT, offsetof(struct profile, region), NULL, NULL, 0, NULL, "where it is"},
    {"goals", FIELD_TEXT, offsetof(struct profile, goals), NULL, NULL, 0, NULL,
     "its long-term goals and plans (S3)"},
    {"tasks", FIELD_TEXT, offsetof(struct profile, tasks), NULL, NULL, 0, NULL, "what it works on now (S3)"},
    {"strategy", FIELD_TEXT, offsetof(struct profile, strategy), NULL, NULL, 0, NULL,
     "its marketing strategy (S3)"},
    {"financials", FIELD_MAP, offsetof(struct profile, financials), &financials_fields, NULL, 0, NULL,
     "its financial figures (S3)"},
    {"news-query", FIELD_TEXT, offsetof(struct profile, news_query), NULL, NULL, 0, NULL,
     "words to search the news about it with (S0)"},
};
static const struct fields profile_fields = {"profile", profile_table, COUNT(profile_table),
					     sizeof(struct profile), true};

static const struct field reliability_table[] = {
    {"date", FIELD_DATE, offsetof(struct reliability_check, date), NULL, NULL, 0, NULL,
     "when it was checked"},
    {"by", FIELD_TEXT, offsetof(struct reliability_check, by), NULL, NULL, 0, NULL, "who checked"},
    {"reputation", FIELD_TEXT, offsetof(struct reliability_check, reputation), NULL, NULL, 0, NULL,
     "good, or what speaks against it"},
    {"finances", FIELD_TEXT, offsetof(struct reliability_check, finances), NULL, NULL, 0, NULL,
     "financial and material security, prospects included (S0)"},
    {"source", FIELD_TEXT, offsetof(struct reliability_check, source), NULL, NULL, 0, NULL,
     "what the judgement rests on"},
    {"limit", FIELD_DECIMAL, offsetof(struct reliability_check, limit), NULL, NULL, FIELD_POSITIVE, "money",
     "the credit limit"},
    {"next", FIELD_DATE, offsetof(struct reliability_check, next), NULL, NULL, 0, NULL,
     "when to check again (S1)"},
};
static const struct fields reliability_fields = {
    "reliability check", reliability_table, COUNT(reliability_table), sizeof(struct reliability_check), true};

static const struct field contact_table[] = {
    {"id", FIELD_TEXT, offsetof(struct contact, id), NULL, NULL, ITEM_KEY, NULL,
     "short name, unique in the account; other fields refer to it"},
    {"name", FIELD_TEXT, offsetof(struct contact, name), NULL, NULL, FIELD_TITLE, NULL,
     "as the person is addressed"},
    {"position", FIELD_TEXT, offsetof(struct contact, position), NULL, NULL, 0, NULL, "job title"},
    {"function", FIELD_WORD, offsetof(struct contact, function), NULL, functions, 0, NULL,
     "what the person's unit does; links should be horizontal too (S1)"},
    {"level", FIELD_INT, offsetof(struct contact, level), NULL, levels, 0, NULL,
     "1 clerk to 5 owner or CEO; links should be vertical too (S1)"},
    {"role", FIELD_WORD, offsetof(struct contact, role), NULL, roles, 0, NULL, "in the decision to buy (S0)"},
    {"influence", FIELD_WORD, offsetof(struct contact, influence), NULL, influences, 0, NULL,
     "weight in that decision (S0)"},
    {"stance", FIELD_WORD, offsetof(struct contact, stance), NULL, stances, 0, NULL, "towards us"},
    {"primary", FIELD_YESNO, offsetof(struct contact, primary), NULL, NULL, 0, NULL,
     "the main contact, always told of every other contact (S2)"},
    {"reports-to", FIELD_TEXT, offsetof(struct contact, reports_to), NULL, NULL, 0, NULL,
     "id of the contact above"},
    {"email", FIELD_TEXT, offsetof(struct contact, email), NULL, NULL, 0, NULL, "address of business mail"},
    {"phone", FIELD_TEXT, offsetof(struct contact, phone), NULL, NULL, 0, NULL,
     "in quotes, so that other YAML tools keep its plus"},
    {"birthday", FIELD_MONTHDAY, offsetof(struct contact, birthday), NULL, NULL, 0, NULL,
     "the year is not needed (S0)"},
    {"motivation", FIELD_TEXT, offsetof(struct contact, motivation), NULL, NULL, 0, NULL,
     "what the person's bonus depends on (S1)"},
    {"interests", FIELD_TEXT, offsetof(struct contact, interests), NULL, NULL, 0, NULL,
     "what the person likes to talk of (S0)"},
    {"values", FIELD_TEXT, offsetof(struct contact, values), NULL, NULL, 0, NULL,
     "what the person holds to (S0)"},
    {"left", FIELD_DATE, offsetof(struct contact, left), NULL, NULL, 0, NULL,
     "when the person left the client"},
};
const struct fields contact_fields = {"contact", contact_table, COUNT(contact_table), sizeof(struct contact),
				      true};

static const struct field need_table[] = {
    {"what", FIELD_TEXT, offsetof(struct need, what), NULL, NULL, ITEM_KEY, NULL, "what the client needs"},
    {"whose", FIELD_TEXT, offsetof(struct need, whose), NULL, NULL, 0, NULL,
     "business, or the id of the contact who needs it (S1)"},
    {"measure", FIELD_TEXT, offsetof(struct need, measure), NULL, NULL, 0, NULL,
     "by what it is seen to be satisfied (S0)"},
    {"answer", FIELD_TEXT, offsetof(struct need, answer), NULL, NULL, 0, NULL, "what we do about it"},
    {"state", FIELD_TEXT, offsetof(struct need, state), NULL, NULL, 0, NULL, "open, met, …"},
    {"asked", FIELD_DATE, offsetof(struct need, asked), NULL, NULL, 0, NULL,
     "when we last asked; needs are asked about regularly (S1)"},
};
static const struct fields need_fields = {"need", need_table, COUNT(need_table), sizeof(struct need), true};

static const struct field criterion_table[] = {
    {"criterion", FIELD_TEXT, offsetof(struct criterion, criterion), NULL, NULL, 0, NULL,
     "what the client compares"},
    {"weight", FIELD_INT, offsetof(struct criterion, weight), NULL, NULL, FIELD_SCALE, NULL,
     "how much it matters to the client (S1)"},
    {"us", FIELD_INT, offsetof(struct criterion, us), NULL, NULL, FIELD_SCALE, NULL,
     "we, as the client sees it (S1)"},
    {"them", FIELD_INT, offsetof(struct criterion, them), NULL, NULL, FIELD_SCALE, NULL,
     "the competitor, as the client sees it (S1)"},
};
static const struct fields criterion_fields = {"criterion", criterion_table, COUNT(criterion_table),
					       sizeof(struct criterion), true};

static const struct field competitor_table[] = {
    {"name", FIELD_TEXT, offsetof(struct competitor, name), NULL, NULL, ITEM_KEY, NULL,
     "who competes with us at this client"},
    {"share", FIELD_DECIMAL, offsetof(struct competitor, share), NULL, NULL, FIELD_PERCENT, "%",
     "of this account's purchases, our estimate"},
    {"criteria", FIELD_LIST, offsetof(struct competitor, criteria), &criterion_fields, NULL, 0, NULL,
     "comparison criterion by criterion from the client's side (S1)"},
};
const struct fields competitor_fields = {"competitor", competitor_table, COUNT(competitor_table),
					 sizeof(struct competitor), true};

static const struct field potential_table[] = {
    {"year", FIELD_INT, offsetof(struct potential, year), NULL, NULL, ITEM_KEY, NULL,
     "the year of the purchases, near or far (S1)"},
    {"product", FIELD_TEXT, offsetof(struct potential, product), NULL, NULL, FIELD_KEY, NULL,
     "our product or group"},
    {"division", FIELD_TEXT, offsetof(struct potential, division), NULL, NULL, FIELD_KEY, NULL,
     "the client's division that would buy"},
    {"amount", FIELD_DECIMAL, offsetof(struct potential, amount), NULL, NULL, FIELD_POSITIVE, "money",
     "all it could buy in that year, from anyone (S1)"},
    {"basis", FIELD_TEXT, offsetof(struct potential, basis), NULL, NULL, 0, NULL,
     "how it was derived from the client's own plans (S1)"},
    {"assessed", FIELD_DATE, offsetof(struct potential, assessed), NULL, NULL, 0, NULL, "when"},
};
const struct fields potential_fields = {"potential", potential_table, COUNT(potential_table),
					sizeof(struct potential), true};

static const struct field contract_table[] = {
    {"id", FIELD_TEXT, offsetof(struct contract, id), NULL, NULL, ITEM_KEY, NULL, "its number"},
    {"start", FIELD_DATE, offsetof(struct contract, start), NULL, NULL, 0, NULL, "first day"},
    {"end", FIELD_DATE, offsetof(struct contract, end), NULL, NULL, 0, NULL,
     "last day; the renewal is due before it (S0)"},
    {"notice", FIELD_OFFSET, offsetof(struct contract, notice), NULL, NULL, 0, NULL,
     "how long before the end it must be renewed or cancelled"},
    {"value", FIELD_DECIMAL, offsetof(struct contract, value), NULL, NULL, FIELD_POSITIVE, "money",
     "over its whole term"},
    {"discount", FIELD_DECIMAL, offsetof(struct contract, discount), NULL, NULL, FIELD_PERCENT, "%",
     "off our list; beyond the manager's limit the head decides (S1)"},
};
const struct fields contract_fields = {"contract", contract_table, COUNT(contract_table),
				       sizeof(struct contract), true};

static const struct field programme_table[] = {
    {"name", FIELD_TEXT, offsetof(struct programme, name), NULL, NULL, ITEM_KEY, NULL,
     "loyalty programme, bonus or promotion (S0)"},
    {"start", FIELD_DATE, offsetof(struct programme, start), NULL, NULL, FIELD_KEY, NULL, "first day"},
    {"end", FIELD_DATE, offsetof(struct programme, end), NULL, NULL, 0, NULL, "last day"},
    {"cost", FIELD_DECIMAL, offsetof(struct programme, cost), NULL, NULL, FIELD_POSITIVE, "money",
     "what it costs us (S1)"},
    {"effect", FIELD_DECIMAL, offsetof(struct programme, effect), NULL, NULL, 0, "money",
     "the margin it brought (S1)"},
};
static const struct fields programme_fields = {"programme", programme_table, COUNT(programme_table),
					       sizeof(struct programme), true};

static const struct field proposal_table[] = {
    {"approved", FIELD_DATE, offsetof(struct proposal, approved), NULL, NULL, 0, NULL,
     "by the head, before it goes out (S1)"},
    {"sent", FIELD_DATE, offsetof(struct proposal, sent), NULL, NULL, 0, NULL, "to the client"},
    {"acknowledged", FIELD_DATE, offsetof(struct proposal, acknowledged), NULL, NULL, 0, NULL,
     "receipt confirmed; without it a call is due after one day (S0)"},
    {"valid-until", FIELD_DATE, offsetof(struct proposal, valid_until), NULL, NULL, 0, NULL,
     "end of its validity (S0)"},
};
static const struct fields proposal_fields = {"proposal", proposal_table, COUNT(proposal_table),
					      sizeof(struct proposal), true};

static const struct field deal_table[] = {
    {"id", FIELD_TEXT, offsetof(struct deal, id), NULL, NULL, ITEM_KEY, NULL, "its number"},
    {"title", FIELD_TEXT, offsetof(struct deal, title), NULL, NULL, FIELD_TITLE, NULL, "what is to be sold"},
    {"stage", FIELD_WORD, offsetof(struct deal, stage), NULL, stages, 0, NULL, "how far it has come"},
    {"source", FIELD_WORD, offsetof(struct deal, source), NULL, sources, 0, NULL, "how it began"},
    {"amount", FIELD_DECIMAL, offsetof(struct deal, amount), NULL, NULL, FIELD_POSITIVE, "money",
     "if it is won"},
    {"probability", FIELD_DECIMAL, offsetof(struct deal, probability), NULL, NULL, FIELD_PERCENT, "%",
     "of winning it"},
    {"opened", FIELD_DATE, offsetof(struct deal, opened), NULL, NULL, 0, NULL, "when it began"},
    {"expected-close", FIELD_DATE, offsetof(struct deal, expected_close), NULL, NULL, 0, NULL,
     "when it should be decided"},
    {"closed", FIELD_DATE, offsetof(struct deal, closed), NULL, NULL, 0, NULL, "when it was won or lost"},
    {"reason", FIELD_TEXT, offsetof(struct deal, reason), NULL, NULL, 0, NULL, "why it was won or lost"},
    {"proposal", FIELD_MAP, offsetof(struct deal, proposal), &proposal_fields, NULL, 0, NULL,
     "the offer made for it (S0)"},
    {"tender", FIELD_DATE, offsetof(struct deal, tender), NULL, NULL, 0, NULL,
     "when it is held; prepared about nine months before (S0)"},
};
const struct fields deal_fields = {"deal", deal_table, COUNT(deal_table), sizeof(struct deal), true};

static const struct field project_table[] = {
    {"id", FIELD_TEXT, offsetof(struct project, id), NULL, NULL, ITEM_KEY, NULL, "its number"},
    {"title", FIELD_TEXT, offsetof(struct project, title), NULL, NULL, FIELD_TITLE, NULL,
     "what is done together"},
    {"start", FIELD_DATE, offsetof(struct project, start), NULL, NULL, 0, NULL, "first day"},
    {"due", FIELD_DATE, offsetof(struct project, due), NULL, NULL, 0, NULL, "deadline (S0)"},
    {"stage", FIELD_TEXT, offsetof(struct project, stage), NULL, NULL, 0, NULL, "where it stands (S0)"},
    {"review", FIELD_DATE, offsetof(struct project, review), NULL, NULL, 0, NULL,
     "next interim review with specialists of both sides (S0)"},
    {"done", FIELD_DATE, offsetof(struct project, done), NULL, NULL, 0, NULL, "when it was finished"},
    {"result", FIELD_TEXT, offsetof(struct project, result), NULL, NULL, 0, NULL,
     "against what was expected (S0)"},
};
static const struct fields project_fields = {"project", project_table, COUNT(project_table),
					     sizeof(struct project), true};

static const struct field promise_table[] = {
    {"id", FIELD_TEXT, offsetof(struct promise, id), NULL, NULL, ITEM_KEY, NULL, "its number"},
    {"what", FIELD_TEXT, offsetof(struct promise, what), NULL, NULL, FIELD_TITLE, NULL,
     "what was promised; never the impossible (S2)"},
    {"to", FIELD_TEXT, offsetof(struct promise, to), NULL, NULL, 0, NULL, "id of the contact"},
    {"by", FIELD_TEXT, offsetof(struct promise, by), NULL, NULL, 0, NULL, "who of us promised"},
    {"due", FIELD_DATE, offsetof(struct promise, due), NULL, NULL, 0, NULL, "by when"},
    {"kept", FIELD_DATE, offsetof(struct promise, kept), NULL, NULL, 0, NULL,
     "when it was kept; empty: not yet"},
};
static const struct fields promise_fields = {"promise", promise_table, COUNT(promise_table),
					     sizeof(struct promise), true};

static const struct field goal_table[] = {
    {"goal", FIELD_TEXT, offsetof(struct plan_goal, goal), NULL, NULL, 0, NULL, "what is to be reached (S0)"},
    {"whose", FIELD_TEXT, offsetof(struct plan_goal, whose), NULL, NULL, 0, NULL, "ours or theirs"},
    {"measure", FIELD_TEXT, offsetof(struct plan_goal, measure), NULL, NULL, 0, NULL,
     "the measure that tells"},
    {"target", FIELD_DECIMAL, offsetof(struct plan_goal, target), NULL, NULL, 0, NULL,
     "its value at the goal"},
    {"milestone", FIELD_TEXT, offsetof(struct plan_goal, milestone), NULL, NULL, 0, NULL,
     "what will be there, where no figure tells (S1)"},
    {"due", FIELD_DATE, offsetof(struct plan_goal, due), NULL, NULL, 0, NULL, "by when"},
};
static const struct fields goal_fields = {"goal", goal_table, COUNT(goal_table), sizeof(struct plan_goal),
					  true};

static const struct field plan_action_table[] = {
    {"id", FIELD_TEXT, offsetof(struct plan_action, id), NULL, NULL, ITEM_KEY, NULL, "its number"},
    {"what", FIELD_TEXT, offsetof(struct plan_action, what), NULL, NULL, FIELD_TITLE, NULL,
     "what is to be done"},
    {"owner", FIELD_TEXT, offsetof(struct plan_action, owner), NULL, NULL, 0, NULL, "who does it (S0)"},
    {"due", FIELD_DATE, offsetof(struct plan_action, due), NULL, NULL, 0, NULL, "by when (S0)"},
    {"done", FIELD_DATE, offsetof(struct plan_action, done), NULL, NULL, 0, NULL, "when it was done"},
};
static const struct fields plan_action_fields = {"action", plan_action_table, COUNT(plan_action_table),
						 sizeof(struct plan_action), true};

static const struct field value_table[] = {
    {"what", FIELD_TEXT, offsetof(struct plan_value, what), NULL, NULL, 0, NULL,
     "what our work earned or saved the client (S0)"},
    {"amount", FIELD_DECIMAL, offsetof(struct plan_value, amount), NULL, NULL, FIELD_POSITIVE, "money",
     "how much"},
    {"year", FIELD_INT, offsetof(struct plan_value, year), NULL, NULL, 0, NULL, "in which year"},
    {"agreed", FIELD_YESNO, offsetof(struct plan_value, agreed), NULL, NULL, 0, NULL,
     "the client agrees with the figure"},
};
static const struct fields value_fields = {"value to the client", value_table, COUNT(value_table),
					   sizeof(struct plan_value), true};

static const struct field plan_table[] = {
    {"year", FIELD_INT, offsetof(struct account_plan, year), NULL, NULL, 0, NULL, "the year planned"},
    {"revenue", FIELD_DECIMAL, offsetof(struct account_plan, revenue), NULL, NULL, FIELD_POSITIVE, "money",
     "planned sales, net of returns (S1)"},
    {"margin", FIELD_DECIMAL, offsetof(struct account_plan, margin), NULL, NULL, 0, "money",
     "planned margin (S1)"},
    {"months", FIELD_DECIMALS, offsetof(struct account_plan, months), NULL, NULL,
     FIELD_POSITIVE | FIELD_MONTHS, "money", "revenue by month; what is not named is spread evenly"},
    {"forecast", FIELD_DECIMALS, offsetof(struct account_plan, forecast), NULL, NULL,
     FIELD_POSITIVE | FIELD_MONTHS, "money", "revenue by month as now expected (S1)"},
    {"goals", FIELD_LIST, offsetof(struct account_plan, goals), &goal_fields, NULL, 0, NULL,
     "of the client and ours (S0)"},
    {"actions", FIELD_LIST, offsetof(struct account_plan, actions), &plan_action_fields, NULL, 0, NULL,
     "with owner and date (S0)"},
    {"value-to-client", FIELD_LIST, offsetof(struct account_plan, value_to_client), &value_fields, NULL, 0,
     NULL, "in money (S0)"},
};
static const struct fields plan_fields = {"plan", plan_table, COUNT(plan_table), sizeof(struct account_plan),
					  true};

static const struct field complaint_table[] = {
    {"id", FIELD_TEXT, offsetof(struct complaint, id), NULL, NULL, ITEM_KEY, NULL, "its number"},
    {"opened", FIELD_DATE, offsetof(struct complaint, opened), NULL, NULL, 0, NULL,
     "when the client complained"},
    {"answered", FIELD_DATE, offsetof(struct complaint, answered), NULL, NULL, 0, NULL,
     "when we first answered"},
    {"closed", FIELD_DATE, offsetof(struct complaint, closed), NULL, NULL, 0, NULL,
     "when it was settled, in the shortest time (S0)"},
    {"severity", FIELD_TEXT, offsetof(struct complaint, severity), NULL, NULL, 0, NULL, "low, medium, high"},
    {"subject", FIELD_TEXT, offsetof(struct complaint, subject), NULL, NULL, FIELD_TITLE, NULL,
     "what was wrong"},
    {"cause", FIELD_TEXT, offsetof(struct complaint, cause), NULL, NULL, 0, NULL,
     "why, so that it does not return (S1)"},
    {"unit", FIELD_TEXT, offsetof(struct complaint, unit), NULL, NULL, 0, NULL, "ours, where it came from"},
};
const struct fields complaint_fields = {"complaint", complaint_table, COUNT(complaint_table),
					sizeof(struct complaint), true};

static const struct field survey_table[] = {
    {"date", FIELD_DATE, offsetof(struct survey, date), NULL, NULL, ITEM_KEY, NULL,
     "of the answer, or of sending while there is none"},
    {"kind", FIELD_TEXT, offsetof(struct survey, kind), NULL, NULL, FIELD_KEY, NULL,
     "nps or another questionnaire"},
    {"contact", FIELD_TEXT, offsetof(struct survey, contact), NULL, NULL, FIELD_KEY, NULL,
     "id of who was asked"},
    {"sent", FIELD_DATE, offsetof(struct survey, sent), NULL, NULL, 0, NULL,
     "when; surveys sent unprepared are not answered (S0)"},
    {"score", FIELD_DECIMAL, offsetof(struct survey, score), NULL, NULL, 0, NULL,
     "the answer, nps 0 to 10; empty: not answered"},
    {"comment", FIELD_TEXT, offsetof(struct survey, comment), NULL, NULL, 0, NULL, "in the contact's words"},
};
const struct fields survey_fields = {"survey", survey_table, COUNT(survey_table), sizeof(struct survey),
				     true};

static const struct field voice_table[] = {
    {"date", FIELD_DATE, offsetof(struct voice, date), NULL, NULL, ITEM_KEY, NULL, "of the talk"},
    {"kind", FIELD_TEXT, offsetof(struct voice, kind), NULL, NULL, FIELD_KEY, NULL,
     "visit, call, service job, …"},
    {"contact", FIELD_TEXT, offsetof(struct voice, contact), NULL, NULL, FIELD_KEY, NULL, "id of who spoke"},
    {"by", FIELD_TEXT, offsetof(struct voice, by), NULL, NULL, 0, NULL, "who of us was told"},
    {"wish", FIELD_TEXT, offsetof(struct voice, wish), NULL, NULL, 0, NULL,
     "the client's wish or remark (S2)"},
    {"proposal", FIELD_TEXT, offsetof(struct voice, proposal), NULL, NULL, 0, NULL,
     "what our colleague proposes (S2)"},
    {"effect", FIELD_DECIMAL, offsetof(struct voice, effect), NULL, NULL, 0, "money",
     "what it brings, where it can be measured (S2)"},
    {"state", FIELD_TEXT, offsetof(struct voice, state), NULL, NULL, 0, NULL,
     "open, accepted, done, declined, …"},
    {"reward", FIELD_DECIMAL, offsetof(struct voice, reward), NULL, NULL, FIELD_POSITIVE, "money",
     "a share of the effect, or a fixed sum for a useful idea (S2)"},
};
const struct fields voice_fields = {"voice", voice_table, COUNT(voice_table), sizeof(struct voice), true};

static const struct field referral_table[] = {
    {"date", FIELD_DATE, offsetof(struct referral, date), NULL, NULL, 0, NULL, "when"},
    {"to", FIELD_TEXT, offsetof(struct referral, to), NULL, NULL, 0, NULL,
     "the company we were recommended to (S0)"},
    {"by", FIELD_TEXT, offsetof(struct referral, by), NULL, NULL, 0, NULL, "id of the contact who did"},
    {"result", FIELD_TEXT, offsetof(struct referral, result), NULL, NULL, 0, NULL, "what came of it"},
};
static const struct fields referral_fields = {"referral", referral_table, COUNT(referral_table),
					      sizeof(struct referral), true};

static const struct field news_table[] = {
    {"date", FIELD_DATE, offsetof(struct news, date), NULL, NULL, ITEM_KEY, NULL, "when it was published"},
    {"title", FIELD_TEXT, offsetof(struct news, title), NULL, NULL, ITEM_KEY, NULL, "its headline"},
    {"about", FIELD_TEXT, offsetof(struct news, about), NULL, NULL, 0, NULL,
     "the competitor's name, where it is not about the client itself (S3)"},
    {"url", FIELD_TEXT, offsetof(struct news, url), NULL, NULL, 0, NULL, "where it can be read"},
    {"source", FIELD_TEXT, offsetof(struct news, source), NULL, NULL, 0, NULL, "who published it"},
    {"text", FIELD_TEXT, offsetof(struct news, text), NULL, NULL, 0, NULL, "what it says, in short"},
};
const struct fields news_fields = {"piece of news", news_table, COUNT(news_table), sizeof(struct news), true};

static const struct fields access_fields = {"access", NULL, 0, 0, true};

static const struct field log_table[] = {
    {"id", FIELD_TEXT, offsetof(struct log_entry, id), NULL, NULL, 0, NULL,
     "its number in another system, if it comes from one; then its key"},
    {"date", FIELD_DATE, offsetof(struct log_entry, date), NULL, NULL, ITEM_KEY, NULL, "when"},
    {"kind", FIELD_TEXT, offsetof(struct log_entry, kind), NULL, NULL, FIELD_KEY, NULL,
     "meeting, call, visit, e-mail, proposal, …"},
    {"by", FIELD_TEXT, offsetof(struct log_entry, by), NULL, NULL, FIELD_KEY, NULL, "who of us"},
    {"with", FIELD_WORDS, offsetof(struct log_entry, with), NULL, NULL, 0, NULL, "ids of the contacts"},
    {"about", FIELD_TEXT, offsetof(struct log_entry, about), NULL, NULL, FIELD_KEY, NULL,
     "what was said (S1)"},
    {"next", FIELD_DATE, offsetof(struct log_entry, next), NULL, NULL, 0, NULL,
     "the next contact, as agreed"},
    {"told", FIELD_YESNO, offsetof(struct log_entry, told), NULL, NULL, 0, NULL,
     "the main contact knows of it (S2)"},
};
const struct fields log_entry_fields = {"log entry", log_table, COUNT(log_table), sizeof(struct log_entry),
					true};

static const struct field followup_table[] = {
    {"key", FIELD_TEXT, offsetof(struct followup_mark, key), NULL, NULL, ITEM_KEY, NULL,
     "rule:subject:date, as kam-followup prints it"},
    {"done", FIELD_DATE, offsetof(struct followup_mark, done), NULL, NULL, 0, NULL, "when it was done"},
    {"snoozed", FIELD_DATE, offsetof(struct followup_mark, snoozed), NULL, NULL, 0, NULL,
     "until when it is put off"},
    {"by", FIELD_TEXT, offsetof(struct followup_mark, by), NULL, NULL, 0, NULL, "who of us"},
};
static const struct fields followup_fields = {"follow-up", followup_table, COUNT(followup_table),
					      sizeof(struct followup_mark), true};

static const struct field sale_table[] = {
    {"month", FIELD_MONTH, offsetof(struct sale, month), NULL, NULL, ITEM_KEY, NULL, "the calendar month"},
    {"source", FIELD_TEXT, offsetof(struct sale, source), NULL, NULL, FIELD_KEY, NULL,
     "the system it was exported from"},
    {"revenue", FIELD_DECIMAL, offsetof(struct sale, revenue), NULL, NULL, 0, "money", "net of returns"},
    {"margin", FIELD_DECIMAL, offsetof(struct sale, margin), NULL, NULL, 0, "money",
     "revenue − cost; the measure of an account, as turnover can be bought (S1)"},
    {"returns", FIELD_DECIMAL, offsetof(struct sale, returns), NULL, NULL, FIELD_POSITIVE, "money",
     "what came back, 0 or more; revenue has it taken off"},
    {"orders", FIELD_INT, offsetof(struct sale, orders), NULL, NULL, 0, NULL,
     "distinct documents that are not returns"},
    {"on", FIELD_DAYS, offsetof(struct sale, on), NULL, NULL, 0, NULL, "days of the month with an order"},
    {"products", FIELD_DECIMALS, offsetof(struct sale, products), NULL, NULL, 0, "money",
     "revenue by product"},
};
static const struct fields sale_fields = {"sale", sale_table, COUNT(sale_table), sizeof(struct sale), true};

static const struct field delivery_table[] = {
    {"id", FIELD_TEXT, offsetof(struct delivery, id), NULL, NULL, ITEM_KEY, NULL, "number of the order"},
    {"ordered", FIELD_DATE, offsetof(struct delivery, ordered), NULL, NULL, 0, NULL, "when it was taken"},
    {"promised", FIELD_DATE, offsetof(struct delivery, promised), NULL, NULL, 0, NULL, "for when"},
    {"delivered", FIELD_DATE, offsetof(struct delivery, delivered), NULL, NULL, 0, NULL,
     "when; in time is a duty (S0)"},
    {"in-full", FIELD_YESNO, offsetof(struct delivery, in_full), NULL, NULL, 0, NULL,
     "nothing short, nothing mis-sorted (S3)"},
    {"refused", FIELD_TEXT, offsetof(struct delivery, refused), NULL, NULL, 0, NULL,
     "what could not be supplied, and why (S3)"},
};
const struct fields delivery_fields = {"delivery", delivery_table, COUNT(delivery_table),
				       sizeof(struct delivery), true};

static const struct field invoice_table[] = {
    {"id", FIELD_TEXT, offsetof(struct invoice, id), NULL, NULL, ITEM_KEY, NULL,
     "its number, unique in the account"},
    {"date", FIELD_DATE, offsetof(struct invoice, date), NULL, NULL, 0, NULL, "when it was issued"},
    {"due", FIELD_DATE, offsetof(struct invoice, due), NULL, NULL, 0, NULL,
     "last day to pay; overdue debts are collected at once (S1)"},
    {"amount", FIELD_DECIMAL, offsetof(struct invoice, amount), NULL, NULL, 0, "money", "the claim"},
    {"paid", FIELD_DECIMAL, offsetof(struct invoice, paid), NULL, NULL, 0, "money", "so far"},
    {"settled", FIELD_DATE, offsetof(struct invoice, settled), NULL, NULL, 0, NULL,
     "when it was paid in full; empty: open"},
};
const struct fields invoice_fields = {"invoice", invoice_table, COUNT(invoice_table), sizeof(struct invoice),
				      true};

static const struct field archived_table[] = {
    {"date", FIELD_DATE, FIELD_UNREAD, NULL, NULL, 0, NULL, "when"},
    {"reason", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL, "why the client was lost or given up (S1)"},
    {"by", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL, "who of us"},
};
static const struct fields archived_fields = {"archiving", archived_table, COUNT(archived_table), 0, true};

static const struct field joined_table[] = {
    {"id", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, ITEM_KEY, NULL,
     "of the dossier that was joined into this one"},
    {"date", FIELD_DATE, FIELD_UNREAD, NULL, NULL, 0, NULL, "when"},
    {"by", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL, "who of us"},
    {"differs", FIELD_ANY, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "what it said that this dossier says otherwise: paths, as contacts/x/phone, to its values"},
    {"comments", FIELD_WORDS, FIELD_UNREAD, NULL, NULL, 0, NULL, "the comments that stood in it"},
};
static const struct fields joined_fields = {"joined dossier", joined_table, COUNT(joined_table), 0, true};

static const struct field account_table[] = {
    {"id", FIELD_ID, offsetof(struct account, id), NULL, NULL, FIELD_REQUIRED, NULL,
     "the file's name without .yaml"},
    {"name", FIELD_TEXT, offsetof(struct account, name), NULL, NULL, 0, NULL, "as people know the client"},
    {"aliases", FIELD_WORDS, offsetof(struct account, aliases), NULL, NULL, 0, NULL,
     "other names, by which imports find it too"},
    {"external", FIELD_CODES, offsetof(struct account, external), NULL, NULL, 0, NULL,
     "its codes in other systems, the tax number among them; several of one system as a list"},
    {"parent", FIELD_TEXT, offsetof(struct account, parent), NULL, NULL, 0, NULL, "the group it rolls up to"},
    {"division", FIELD_TEXT, offsetof(struct account, division), NULL, NULL, 0, NULL,
     "which business of the client this account is"},
    {"key-for", FIELD_WORDS, offsetof(struct account, key_for), NULL, NULL, 0, NULL,
     "which of our own units count it as key (S2)"},
    {"manager", FIELD_TEXT, offsetof(struct account, manager), NULL, NULL, 0, NULL,
     "id of the account manager (S1)"},
    {"team", FIELD_WORDS, offsetof(struct account, team), NULL, NULL, 0, NULL,
     "ids of those who work with the manager (S1)"},
    {"currency", FIELD_CURRENCY, offsetof(struct account, currency), NULL, NULL, 0, NULL,
     "ISO 4217 code, as EUR, of every amount in the account"},
    {"tier", FIELD_WORD, offsetof(struct account, tier), NULL, tiers, 0, NULL,
     "how closely it is looked after; a person's word, which no score changes"},
    {"categories", FIELD_WORDS, offsetof(struct account, categories), NULL, categories, 0, NULL,
     "what makes it key, several at once (S1)"},
    {"quiet-until", FIELD_DATE, offsetof(struct account, quiet_until), NULL, NULL, 0, NULL,
     "the client asked for silence; only debts break it (S2)"},
    {"rules", FIELD_PAIRS, offsetof(struct account, rules), NULL, switches, 0, NULL,
     "follow-up rules switched on or off for this account"},
    {"profile", FIELD_MAP, offsetof(struct account, profile), &profile_fields, NULL, 0, NULL,
     "facts of the company (S3)"},
    {"reliability", FIELD_LIST, offsetof(struct account, reliability), &reliability_fields, NULL, 0, NULL,
     "checks of reputation, credit and payment discipline (S0)"},
    {"contacts", FIELD_LIST, offsetof(struct account, contacts), &contact_fields, NULL,
     SECTION_FACTS | SECTION_COUNTED, NULL, "people who decide, influence or use; at least four (S1)"},
    {"needs", FIELD_LIST, offsetof(struct account, needs), &need_fields, NULL, SECTION_COUNTED, NULL,
     "what the client needs, and our answer (S0)"},
    {"competitors", FIELD_LIST, offsetof(struct account, competitors), &competitor_fields, NULL,
     SECTION_COUNTED, NULL, "who else sells to the client (S1)"},
    {"potential", FIELD_LIST, offsetof(struct account, potential), &potential_fields, NULL, SECTION_COUNTED,
     NULL, "what the client could buy in a year, the core of a key account's profile (S1)"},
    {"contracts", FIELD_LIST, offsetof(struct account, contracts), &contract_fields, NULL, SECTION_COUNTED,
     NULL, "terms agreed (S1)"},
    {"programmes", FIELD_LIST, offsetof(struct account, programmes), &programme_fields, NULL, SECTION_COUNTED,
     NULL, "special conditions, what they cost and brought (S0)"},
    {"deals", FIELD_LIST, offsetof(struct account, deals), &deal_fields, NULL, 0, NULL,
     "sales to be won, each with its proposal (S0)"},
    {"projects", FIELD_LIST, offsetof(struct account, projects), &project_fields, NULL, 0, NULL,
     "stages, deadlines, reviews, results (S0)"},
    {"promises", FIELD_LIST, offsetof(struct account, promises), &promise_fields, NULL, SECTION_COUNTED, NULL,
     "what, to whom, by when, kept or not (S2)"},
    {"plan", FIELD_MAP, offsetof(struct account, plan), &plan_fields, NULL, 0, NULL, "the account plan (S0)"},
    {"complaints", FIELD_LIST, offsetof(struct account, complaints), &complaint_fields, NULL, SECTION_COUNTED,
     NULL, "settled soon, their causes analysed (S0)"},
    {"surveys", FIELD_LIST, offsetof(struct account, surveys), &survey_fields, NULL, SECTION_COUNTED, NULL,
     "polls of satisfaction (S0)"},
    {"voice", FIELD_LIST, offsetof(struct account, voice), &voice_fields, NULL, 0, NULL,
     "what our people on site were told, and what they propose (S2)"},
    {"referrals", FIELD_LIST, offsetof(struct account, referrals), &referral_fields, NULL, 0, NULL,
     "who recommended us to whom (S0)"},
    {"news", FIELD_LIST, offsetof(struct account, news), &news_fields, NULL, 0, NULL,
     "about the client and its competitors: reasons to get in touch (S0)"},
    {"audit", FIELD_LIST, offsetof(struct account, audit), &audit_fields, NULL, 0, NULL,
     "reviews of the work with this client (S2)"},
    {"access", FIELD_MAP, FIELD_UNREAD, &access_fields, NULL, 0, NULL,
     "audience to the sections and fields it may read, as kam-dossier redact shows them (S2)"},
    {"log", FIELD_LIST, offsetof(struct account, log), &log_entry_fields, NULL, 0, NULL,
     "every contact with the client, oldest first (S1)"},
    {"followups", FIELD_LIST, offsetof(struct account, followups), &followup_fields, NULL, 0, NULL,
     "follow-ups closed or put off, by kam-dossier done and snooze"},
    {"archived", FIELD_MAP, FIELD_UNREAD, &archived_fields, NULL, SECTION_OWN, NULL,
     "the client is lost or given up; written by kam-dossier archive"},
    {"joined", FIELD_LIST, FIELD_UNREAD, &joined_fields, NULL, SECTION_OWN, NULL,
     "dossiers of the same company that were joined into this one, by kam-dossier join"},
    {"sales", FIELD_LIST, offsetof(struct account, sales), &sale_fields, NULL,
     SECTION_IMPORTED | SECTION_COUNTED, NULL, "a month of a source each"},
    {"deliveries", FIELD_LIST, offsetof(struct account, deliveries), &delivery_fields, NULL,
     SECTION_IMPORTED | SECTION_COUNTED, NULL, "orders, on time and in full or not (S0)"},
    {"invoices", FIELD_LIST, offsetof(struct account, invoices), &invoice_fields, NULL,
     SECTION_IMPORTED | SECTION_COUNTED, NULL, "claims, open and settled (S1)"},
    {"score", FIELD_ANY, offsetof(struct account, score), NULL, NULL, SECTION_COMPUTED, NULL,
     "what kam-score computed"},
};
const struct fields account_fields = {"account", account_table, COUNT(account_table), sizeof(struct account),
				      true};
