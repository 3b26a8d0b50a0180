#include "accounts.h"
#include "domain/people.h"

#define TODAY "2026-11-22"

struct map {
	struct made *made;
	struct people people;
};

static struct map
map_of(const char *text)
{
	struct map m = {.made = made_from(text)};

	people_read(&m.people, &m.made->account, day(TODAY), &m.made->arena);
	return m;
}

static void
map_free(struct map *m)
{
	people_free(&m->people);
	made_free(m->made);
}

/* "boss(one two(three)) four", ghosts with "?", who was cut from a circle with "@" */
static const char *
tree_of(struct map *m)
{
	struct buf out = {0};
	const char *copy;
	size_t depth = 0;

	for (const struct person *p = people_next(&m->people, NULL); p; p = people_next(&m->people, p)) {
		for (; depth > p->depth; depth--)
			buf_addc(&out, ')');
		if (out.len > 0)
			buf_addc(&out, depth < p->depth ? '(' : ' ');
		depth = p->depth;
		buf_printf(&out, "%s%s%s%s", p->id, p->contact ? "" : "?", p->circle ? "@" : "",
			   p->gone ? "-" : "");
	}
	for (; depth > 0; depth--)
		buf_addc(&out, ')');
	copy = arena_copy(&m->made->arena, out.len > 0 ? out.data : "", out.len);
	buf_free(&out);
	return copy;
}

static void
expect_tree(const char *text, const char *expected)
{
	struct map m = map_of(text);

	assert_string_equal(tree_of(&m), expected);
	map_free(&m);
}

static void
who_reports_to_whom_makes_a_tree(void **state)
{
	(void)state;
	expect_tree("id: a\ncontacts:\n  - {id: b, reports-to: a}\n  - {id: a}\n  - {id: c, reports-to: b}\n"
		    "  - {id: d, reports-to: a, left: 2026-11-22}\n  - {id: e}\n",
		    "a(b(c) d-) e");
	expect_tree("id: a\n", "");
}

static void
a_boss_who_is_no_contact_stands_above_them_all_the_same(void **state)
{
	(void)state;
	expect_tree("id: a\ncontacts:\n  - {id: b, reports-to: x}\n  - {id: c, reports-to: x}\n", "x?(b c)");
}

static void
a_circle_is_cut_open_above_its_highest_level(void **state)
{
	(void)state;
	expect_tree("id: a\ncontacts:\n  - {id: a, reports-to: b, level: 1}\n"
		    "  - {id: b, reports-to: c, level: 3}\n  - {id: c, reports-to: a, level: 2}\n"
		    "  - {id: d, reports-to: a}\n",
		    "b@(a(c d))");
	expect_tree("id: a\ncontacts:\n  - {id: a, reports-to: a}\n", "a@");
	expect_tree("id: a\ncontacts:\n  - {id: a, reports-to: b}\n  - {id: b, reports-to: a}\n", "a@(b)");
}

static void
a_long_chain_is_walked_without_recursion(void **state)
{
	struct buf text = {0};
	struct map m;

	(void)state;
	buf_adds(&text, "id: a\ncontacts:\n");
	for (int i = 0; i < 50000; i++)
		buf_printf(&text, "  - {id: c%d, reports-to: c%d}\n", i, i + 1);
	m = map_of(text.data);
	assert_int_equal(people_find(&m.people, "c0")->depth, 50000);
	map_free(&m);
	buf_free(&text);
}

/* "a -reports-> b -met 2026-01-01-> c" */
static void
expect_route(const char *text, const char *to, const char *expected)
{
	static const char *const links[] = {"", "reports", "leads", "met"};
	struct map m = map_of(text);
	struct buf out = {0};
	struct route route;

	people_route(&m.people, &m.made->account, people_find(&m.people, to), day(TODAY), &route,
		     &m.made->arena);
	buf_adds(&out, route.friendly ? "" : "? ");
	for (size_t i = 0; i < route.n; i++) {
		const struct route_step *s = &route.step[i];

		if (i > 0) {
			buf_printf(&out, " -%s", links[s->link]);
			buf_adds(&out, date_is_set(s->met) ? " " : "");
			date_format(&out, s->met);
			buf_adds(&out, "-> ");
		}
		buf_adds(&out, s->person->id);
	}
	assert_string_equal(out.data, expected);
	buf_free(&out);
	map_free(&m);
}

static void
a_decider_who_is_for_us_needs_no_way(void **state)
{
	(void)state;
	expect_route("id: a\ncontacts:\n  - {id: d, stance: supporter}\n  - {id: e, stance: champion}\n", "d",
		     "d");
}

static void
the_way_goes_up_and_down_the_reports(void **state)
{
	(void)state;
	expect_route("id: a\ncontacts:\n  - {id: d, reports-to: top}\n  - {id: top, stance: neutral}\n"
		     "  - {id: e, stance: champion, reports-to: top}\n",
		     "d", "e -reports-> top -leads-> d");
}

static void
friends_are_a_better_way_than_a_short_one_through_an_opponent(void **state)
{
	(void)state;
	/* through the critic: 1 + 30; through two supporters and a neutral one: 2 + 2 + 6 from the second friend */
	expect_route(
	    "id: a\ncontacts:\n  - {id: d}\n  - {id: k, stance: critic, reports-to: d}\n"
	    "  - {id: e, stance: champion, reports-to: k}\n  - {id: n, stance: neutral, reports-to: d}\n"
	    "  - {id: s, stance: supporter, reports-to: n}\n",
	    "d", "s -reports-> n -reports-> d");
}

static void
of_equal_ways_the_first_of_the_file_is_taken(void **state)
{
	(void)state;
	expect_route(
	    "id: a\ncontacts:\n  - {id: d}\n  - {id: s, stance: supporter, reports-to: d}\n"
	    "  - {id: b, stance: champion, reports-to: d}\n  - {id: c, stance: champion, reports-to: d}\n",
	    "d", "b -reports-> d");
}

static void
meetings_link_those_who_were_there_together(void **state)
{
	(void)state;
	expect_route("id: a\ncontacts:\n  - {id: d, stance: neutral}\n  - {id: e, stance: champion}\n"
		     "  - {id: n, stance: neutral, reports-to: d}\n"
		     "log:\n  - {date: 2026-01-01, kind: meeting, with: [d, e, n]}\n"
		     "  - {date: 2026-03-01, kind: meeting, with: [e, d]}\n"
		     "  - {date: 2027-01-01, kind: meeting, with: [e, d]}\n"
		     "  - {date: 2026-05-01, kind: call, with: [d]}\n",
		     "d", "e -met 2026-03-01-> d");
}

static void
who_has_left_or_is_unknown_is_nobodys_way(void **state)
{
	(void)state;
	expect_route(
	    "id: a\ncontacts:\n  - {id: d, reports-to: x}\n  - {id: e, stance: champion, reports-to: x}\n",
	    "d", "? ");
	expect_route("id: a\ncontacts:\n  - {id: d}\n  - {id: g, reports-to: d, left: 2026-01-01}\n"
		     "  - {id: e, stance: champion, reports-to: g}\n",
		     "d", "? ");
}

static void
without_friends_the_way_begins_with_those_we_met(void **state)
{
	(void)state;
	expect_route("id: a\ncontacts:\n  - {id: d}\n  - {id: n, stance: neutral, reports-to: d}\n"
		     "  - {id: m, reports-to: d}\n"
		     "log:\n  - {date: 2026-01-01, kind: call, with: [m]}\n",
		     "d", "? m -reports-> d");
	expect_route("id: a\ncontacts:\n  - {id: d}\n  - {id: n, reports-to: d}\n", "d", "? ");
}

static void
where_no_friend_comes_there_the_way_begins_with_those_we_met(void **state)
{
	static const char text[] =
	    "id: a\ncontacts:\n  - {id: d, role: decider}\n"
	    "  - {id: m, stance: neutral, reports-to: d}\n  - {id: e, stance: champion}\n"
	    "  - {id: f, reports-to: e}\n"
	    "log:\n  - {date: 2026-01-01, kind: call, with: [m]}\n  - {date: 2026-02-01, kind: call, with: "
	    "[f]}\n";
	struct map m = map_of(text);
	struct route route;

	(void)state;
	expect_route(text, "d", "? m -reports-> d");
	expect_route(text, "f", "e -leads-> f");
	people_route(&m.people, &m.made->account, people_find(&m.people, "d"), day(TODAY), &route,
		     &m.made->arena);
	assert_true(route.friends);
	map_free(&m);
	/* a heavy way of a friend's is still one of a friend's */
	expect_route("id: a\ncontacts:\n  - {id: d}\n  - {id: k, stance: blocker, reports-to: d}\n"
		     "  - {id: e, stance: champion, reports-to: k}\n"
		     "log:\n  - {date: 2026-01-01, kind: call, with: [d]}\n",
		     "d", "e -reports-> k -reports-> d");
}

static void
a_link_across_a_cut_circle_is_a_link(void **state)
{
	(void)state;
	expect_route("id: a\ncontacts:\n  - {id: d, reports-to: e, level: 5}\n"
		     "  - {id: e, stance: champion, reports-to: d}\n",
		     "d", "e -reports-> d");
}

static void
a_large_meeting_takes_no_square_of_its_people(void **state)
{
	struct buf text = {0};
	struct route route;
	struct map m;

	(void)state;
	buf_adds(&text, "id: a\ncontacts:\n  - {id: d}\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "  - {id: c%d, stance: champion}\n", i);
	buf_adds(&text, "log:\n  - {date: 2026-01-01, kind: meeting, with: [d");
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, ", c%d", i);
	buf_adds(&text, "]}\n");
	m = map_of(text.data);
	people_route(&m.people, &m.made->account, people_find(&m.people, "d"), day(TODAY), &route,
		     &m.made->arena);
	assert_int_equal(route.n, 2);
	map_free(&m);
	buf_free(&text);
}

static void
coverage_counts_those_who_are_there(void **state)
{
	struct map m = map_of("id: a\ncontacts:\n  - {id: a, function: purchasing, role: decider, level: 3}\n"
			      "  - {id: b, function: purchasing, level: 1, primary: yes}\n"
			      "  - {id: c, function: finance, role: user, level: 5, left: 2026-01-01}\n");
	struct coverage cover;

	(void)state;
	people_coverage(&m.people, &cover);
	assert_int_equal(cover.present, 2);
	assert_int_equal(cover.function[0], 2);
	assert_string_equal(people_functions[2].word, "finance");
	assert_int_equal(cover.function[2], 0);
	assert_int_equal(cover.role[0], 1);
	assert_int_equal(cover.role[3], 0);
	assert_int_equal(cover.lowest, 1);
	assert_int_equal(cover.highest, 3);
	map_free(&m);
}

static void
expect_dependence(const char *text, const char *met, size_t contacts, const char *friend)
{
	struct map m = map_of(text);
	struct dependence d;

	people_dependence(&m.people, &m.made->account, day(TODAY), &d);
	assert_string_equal(d.only_met ? d.only_met->id : "", met);
	assert_int_equal(d.contacts, contacts);
	assert_string_equal(d.only_friend ? d.only_friend->id : "", friend);
	map_free(&m);
}

static void
all_hangs_on_one_whom_alone_we_met_for_half_a_year(void **state)
{
	(void)state;
	expect_dependence(
	    "id: a\ncontacts:\n  - {id: a}\n  - {id: b}\n"
	    "log:\n  - {date: 2026-05-21, kind: call, with: [b]}\n"
	    "  - {date: 2026-05-22, kind: call, with: [a]}\n  - {date: 2026-09-01, kind: call, with: [a]}\n"
	    "  - {date: 2026-10-01, kind: e-mail}\n  - {date: 2026-12-01, kind: call, with: [b]}\n",
	    "a", 2, "");
	expect_dependence("id: a\ncontacts:\n  - {id: a}\n  - {id: b}\n"
			  "log:\n  - {date: 2026-05-22, kind: call, with: [a, b]}\n",
			  "", 1, "");
	expect_dependence("id: a\ncontacts:\n  - {id: a}\n", "", 0, "");
}

static void
all_hangs_on_one_who_is_alone(void **state)
{
	static const struct {
		const char *contacts, *one;
	} cases[] = {
	    {"  - {id: a, stance: critic}\n", "a"},
	    {"  - {id: a, left: 2026-11-22}\n  - {id: b, reports-to: boss}\n", "b"},
	    {"  - {id: a}\n  - {id: b}\n", ""},
	    {"  - {id: a, left: 2026-11-22}\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[200];
		struct dependence d;
		struct map m;

		snprintf(text, sizeof text, "id: a\ncontacts:\n%s", cases[i].contacts);
		m = map_of(text);
		people_dependence(&m.people, &m.made->account, day(TODAY), &d);
		assert_string_equal(d.only_one ? d.only_one->id : "", cases[i].one);
		assert_null(d.only_friend);
		map_free(&m);
	}
}

static void
all_hangs_on_the_only_one_who_is_not_against_us(void **state)
{
	(void)state;
	expect_dependence("id: a\ncontacts:\n  - {id: a, stance: critic}\n  - {id: b, stance: neutral}\n"
			  "  - {id: c, stance: blocker}\n  - {id: d, stance: champion, left: 2026-11-01}\n",
			  "", 0, "b");
	expect_dependence("id: a\ncontacts:\n  - {id: a, stance: critic}\n  - {id: b, stance: neutral}\n"
			  "  - {id: c}\n",
			  "", 0, "");
}

static void
two_versions_tell_what_became_different(void **state)
{
	struct made *old =
	    made_from("id: a\ncontacts:\n  - {id: a, stance: neutral, role: decider, primary: yes}\n"
		      "  - {id: b, position: Clerk}\n  - {id: c}\n");
	struct made *now =
	    made_from("id: a\ncontacts:\n  - {id: new, name: N, position: Head}\n"
		      "  - {id: a, stance: critic, role: decider}\n  - {id: c, left: 2026-11-01}\n");
	struct people_changes changes;
	struct buf out = {0};

	(void)state;
	people_compare(&old->account, &now->account, &changes, &now->arena);
	for (size_t i = 0; i < changes.n; i++) {
		const struct people_change *c = &changes.v[i];

		buf_printf(&out, "%s%s %s: %s, %s\n",
			   c->came   ? "+"
			   : c->went ? "-"
				     : "",
			   c->id, c->field ? c->field : "", c->old ? c->old : "none",
			   c->now ? c->now : "none");
	}
	assert_string_equal(out.data, "+new : none, Head\n"
				      "a main contact: yes, none\n"
				      "a stance: neutral, critic\n"
				      "c left: none, 2026-11-01\n"
				      "-b : Clerk, none\n");
	buf_free(&out);
	made_free(old);
	made_free(now);
}

static void
what_each_looks_at_follows_from_level_and_function(void **state)
{
	const struct contact head = {.level = 4, .function = "finance"},
			     bookkeeper = {.level = 3, .function = "finance"},
			     driver = {.function = "logistics"};

	(void)state;
	assert_string_equal(contact_concern(&head), "exclusivity, respect for status (S0)");
	assert_string_equal(contact_concern(&bookkeeper), "numbers and details (S0)");
	assert_string_equal(contact_concern(&driver), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_reports_to_whom_makes_a_tree),
	    cmocka_unit_test(a_boss_who_is_no_contact_stands_above_them_all_the_same),
	    cmocka_unit_test(a_circle_is_cut_open_above_its_highest_level),
	    cmocka_unit_test(a_long_chain_is_walked_without_recursion),
	    cmocka_unit_test(a_decider_who_is_for_us_needs_no_way),
	    cmocka_unit_test(the_way_goes_up_and_down_the_reports),
	    cmocka_unit_test(friends_are_a_better_way_than_a_short_one_through_an_opponent),
	    cmocka_unit_test(of_equal_ways_the_first_of_the_file_is_taken),
	    cmocka_unit_test(meetings_link_those_who_were_there_together),
	    cmocka_unit_test(who_has_left_or_is_unknown_is_nobodys_way),
	    cmocka_unit_test(without_friends_the_way_begins_with_those_we_met),
	    cmocka_unit_test(where_no_friend_comes_there_the_way_begins_with_those_we_met),
	    cmocka_unit_test(a_link_across_a_cut_circle_is_a_link),
	    cmocka_unit_test(a_large_meeting_takes_no_square_of_its_people),
	    cmocka_unit_test(coverage_counts_those_who_are_there),
	    cmocka_unit_test(all_hangs_on_one_whom_alone_we_met_for_half_a_year),
	    cmocka_unit_test(all_hangs_on_one_who_is_alone),
	    cmocka_unit_test(all_hangs_on_the_only_one_who_is_not_against_us),
	    cmocka_unit_test(two_versions_tell_what_became_different),
	    cmocka_unit_test(what_each_looks_at_follows_from_level_and_function),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
