#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <iconv.h>

#include "data/sniff.h"

static struct sniff
sniff(const char *text)
{
	struct sniff s;

	sniff_bytes(&s, (struct str){text, strlen(text)}, true);
	return s;
}

/* the same, of a text in UTF-8 written in another encoding */
static struct sniff
sniff_in(const char *encoding, const char *text)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char out[8192], *from = (char *)text, *to = out;
	size_t n = strlen(text), room = sizeof out;
	struct sniff s;

	assert_ptr_not_equal(cd, (iconv_t)-1);
	assert_int_equal(iconv(cd, &from, &n, &to, &room), 0);
	iconv_close(cd);
	sniff_bytes(&s, (struct str){out, (size_t)(to - out)}, true);
	return s;
}

static void
expect_encoding(const char *encoding, const char *text)
{
	struct sniff s = sniff_in(encoding, text);

	assert_string_equal(s.encoding, encoding);
}

static void
a_byte_order_mark_tells_the_encoding(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff("\xEF\xBB\xBF"
		  "a;b\n1;2\n");
	assert_string_equal(s.encoding, "utf-8");
	assert_int_equal(s.basis, SNIFF_BOM);
	assert_int_equal(s.delimiter, ';');
	sniff_bytes(&s,
		    (struct str){"\xFF\xFE"
				 "a\0;\0b\0\n\0",
				 10},
		    true);
	assert_string_equal(s.encoding, "utf-16");
	assert_int_equal(s.delimiter, ';');
	sniff_bytes(&s, (struct str){"\xFE\xFF\0a\0|\0b\0\n", 10}, true);
	assert_string_equal(s.encoding, "utf-16");
	assert_int_equal(s.delimiter, '|');
	sniff_bytes(&s, (struct str){"\xFF\xFE\0\0a\0\0\0\t\0\0\0b\0\0\0", 16}, true);
	assert_string_equal(s.encoding, "utf-32");
	assert_int_equal(s.delimiter, '\t');
}

static void
utf16_is_known_by_its_zeros(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff_in("utf-16le", "Код;Сумма\r\n007;12,50\r\n");
	assert_string_equal(s.encoding, "utf-16le");
	assert_int_equal(s.basis, SNIFF_NULS);
	assert_int_equal(s.delimiter, ';');
	s = sniff_in("utf-16be", "Code\tAmount\n007\t12.50\n");
	assert_string_equal(s.encoding, "utf-16be");
	assert_int_equal(s.delimiter, '\t');
}

static void
ascii_and_utf8_are_utf8(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff("a,b\n1,2\n");
	assert_string_equal(s.encoding, "utf-8");
	assert_int_equal(s.basis, SNIFF_ASCII);
	s = sniff("ā,b\n1,2\n");
	assert_string_equal(s.encoding, "utf-8");
	assert_int_equal(s.basis, SNIFF_UTF8);
	/* a character that the end cuts */
	s = sniff("ā,b\n1,\xC4");
	assert_int_equal(s.basis, SNIFF_UTF8);
	/* one broken character among many good ones costs its row, no more */
	s = sniff("Ромашка,Северный картон,Ёлка,Сосна и берёза\n\xFFx,1,2,3\n");
	assert_int_equal(s.basis, SNIFF_UTF8);
}

static void
russian_is_told_in_its_encodings(void **state)
{
	static const char *const texts[] = {
	    "Дата;Контрагент;Сумма\n01.10.2026;ООО Ромашка;44 800,00\n",
	    "ДАТА;КОНТРАГЕНТ;СУММА\n01.10.2026;СЕВЕРНЫЙ КАРТОН;44\n",
	    "Номенклатура;Количество\nКоробка картонная четырёхклапанная;10\nПлёнка;5\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		expect_encoding("windows-1251", texts[i]);
		expect_encoding("koi8-r", texts[i]);
		expect_encoding("cp866", texts[i]);
	}
	expect_encoding("windows-1251", "Клієнт;Сума\nПідприємство Ялинка, м. Київ;10\n");
}

static void
latvian_and_its_neighbours_are_told_from_the_west(void **state)
{
	(void)state;
	expect_encoding("windows-1257",
			"Klients;Summa\nSIA Ķeguma Koks;1\nAS Ziemeļu Šūnas;2\nJūras Vējš;3\n");
	expect_encoding("windows-1257", "Pircējs;Rīga\nŽagars un dēls;Jēkabpils\n");
	expect_encoding("windows-1257", "Pirkėjas;Suma\nŽalioji miško bitė;10\nUAB Šiaurės ąžuolas;2\n");
	expect_encoding("windows-1252", "Kunde;Betrag\nMüller & Söhne GmbH;10\nGroß und Stärk;11\n");
	expect_encoding("windows-1252", "Société;Montant\nBoulangerie générale française;10\nÉlan;7\n");
	expect_encoding("windows-1252", "Cliente;Importe\nCompañía española de jabón;10\n");
	expect_encoding("windows-1252", "Kund;Belopp\nÅkers Sågverk och Hyvleri på Öland;10\n");
}

static void
few_letters_are_no_certainty(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff_in("windows-1252", "Name,City\nA,Köln\n");
	assert_string_equal(s.encoding, "windows-1252");
	assert_int_equal(s.letters, 1);
	assert_string_equal(s.rival, "windows-1257");
	s = sniff_in("windows-1251", "Дата;Контрагент;Сумма без НДС\n1;Северный картон и бумага;2\n");
	assert_null(s.rival);
}

static void
a_price_in_euro_alone_does_not_make_it_cyrillic(void **state)
{
	(void)state;
	expect_encoding("windows-1252", "Item;Price\nGlass;€5\nJar;€7\n");
}

static void
the_delimiter_cuts_rows_into_as_many_cells(void **state)
{
	(void)state;
	assert_int_equal(sniff("a,b,c\n1,2,3\n").delimiter, ',');
	assert_int_equal(sniff("a;b;c\n1;2;3\n").delimiter, ';');
	assert_int_equal(sniff("a|b|c\n1|2|3\n").delimiter, '|');
	assert_int_equal(sniff("a\tb\tc\n1\t2\t3\n").delimiter, '\t');
	assert_int_equal(sniff("word\nanother\n").delimiter, ',');
	assert_int_equal(sniff("word\nanother\n").width, 1);
	assert_int_equal(sniff("a,b,c\n1,2,3\n").width, 3);
}

static void
a_decimal_comma_is_no_delimiter(void **state)
{
	(void)state;
	assert_int_equal(sniff("1,50;2,75\n3,00;4,25\n5,10;6,05\n").delimiter, ';');
	assert_int_equal(sniff("a;1,50\nb;2,75\nc;3,10\n").delimiter, ';');
	assert_int_equal(sniff("name\tnet\tgross\nx\t1,50\t2,00\ny\t1,50\t2,00\n").delimiter, '\t');
	/* but this is one */
	assert_int_equal(sniff("1,50\n2,75\n3,10\n").delimiter, ',');
}

static void
what_stands_in_quotes_does_not_count(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff("a,b\n\"x;y;z\",1\n\"p;q;r\",2\n\"line\nbreak; \"\"and\"\" quotes, too\",3\n");
	assert_int_equal(s.delimiter, ',');
	assert_int_equal(s.records, 4);
	assert_int_equal(s.even, 4);
	/* a stray quote costs its line */
	s = sniff("a;b\n\"5\" pipe;1\nx;2\ny;3\n");
	assert_int_equal(s.delimiter, ';');
	assert_int_equal(s.records, 4);
	assert_int_equal(s.even, 3);
}

static void
lines_before_the_table_are_counted(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff("Report\nfor October;;;\n\nDate;Client;Net;Cost\n1.10.2026;A;1;2\n2.10.2026;B;3;4\n");
	assert_int_equal(s.skip, 3);
	assert_int_equal(s.header, SNIFF_HEADER_YES);
	/* blank ones alone are passed over by any reader */
	s = sniff("\n\nDate;Client\n1.10.2026;A\n2.10.2026;B\n");
	assert_int_equal(s.skip, 0);
	s = sniff("\"A title\nof two lines\"\nDate;Client\n1.10.2026;A\n2.10.2026;B\n");
	assert_int_equal(s.skip, 2);
}

static void
line_ends_of_all_systems_are_known(void **state)
{
	struct sniff s;

	(void)state;
	assert_int_equal(sniff("a;b\n1;2\n").eol, SNIFF_LF);
	assert_int_equal(sniff("a;b\r\n1;2\r\n").eol, SNIFF_CRLF);
	s = sniff("Title\ra;b\r1;2\r3;4\r");
	assert_int_equal(s.eol, SNIFF_CR);
	assert_int_equal(s.skip, 1);
	assert_int_equal(s.records, 4);
	assert_int_equal(s.even, 3);
}

static void
a_header_is_words_above_something_else(void **state)
{
	(void)state;
	assert_int_equal(sniff("Name,Amount\nAlfa,1\nBeta,2\n").header, SNIFF_HEADER_YES);
	assert_int_equal(sniff("Who,Where\nAnna,anna@a.example\nBob,bob@b.example\n").header,
			 SNIFF_HEADER_YES);
	assert_int_equal(sniff("Alfa,1\nBeta,2\n").header, SNIFF_HEADER_NO);
	assert_int_equal(sniff("2026-01-05,Alfa\n2026-01-06,Beta\n").header, SNIFF_HEADER_NO);
	assert_int_equal(sniff("Name,City\nAlfa,Here\nBeta,There\n").header, SNIFF_HEADER_UNSURE);
	/* a title does not stand in a row below again */
	assert_int_equal(sniff("Alfa,Here\nBeta,There\nGamma,Here\n").header, SNIFF_HEADER_NO);
}

static void
nothing_is_nothing(void **state)
{
	struct sniff s;

	(void)state;
	s = sniff("");
	assert_int_equal(s.width, 0);
	assert_int_equal(s.records, 0);
	assert_int_equal(sniff("\n\r\n\n").width, 0);
	assert_int_equal(sniff("\xEF\xBB\xBF").width, 0);
}

static void
a_sample_may_end_anywhere(void **state)
{
	const char text[] = "Klients;Summa\n\"SIA \"\"Ķeguma\"\"\nKoks\";1,50\nA;2\n";
	struct sniff s;

	(void)state;
	for (size_t n = 0; n < sizeof text; n++) {
		char *copy = malloc(n + 1);

		assert_non_null(copy);
		memcpy(copy, text, n);
		sniff_bytes(&s, (struct str){copy, n}, n % 2 == 0);
		free(copy);
	}
	/* the last line counts only if nothing follows it */
	sniff_bytes(&s, (struct str){"a;b\n1;2\n3", 9}, false);
	assert_int_equal(s.records, 2);
	sniff_bytes(&s, (struct str){"a;b\n1;2\n3", 9}, true);
	assert_int_equal(s.records, 3);
}

static void
a_file_is_read_to_the_end_of_the_sample(void **state)
{
	FILE *f = tmpfile();
	struct error err;
	struct sniff s;

	(void)state;
	assert_non_null(f);
	for (size_t i = 0; i < SNIFF_SAMPLE / 8 + 100; i++)
		assert_true(fputs("abc;def\n", f) >= 0);
	assert_int_equal(fflush(f), 0);
	assert_int_equal(lseek(fileno(f), 0, SEEK_SET), 0);
	assert_int_equal(sniff_file(&s, fileno(f), "f.csv", &err), 0);
	assert_int_equal(lseek(fileno(f), 0, SEEK_CUR), SNIFF_SAMPLE);
	assert_int_equal(s.delimiter, ';');
	fclose(f);
	assert_int_equal(sniff_file(&s, -1, "f.csv", &err), -1);
	assert_string_equal(err.file, "f.csv");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_byte_order_mark_tells_the_encoding),
	    cmocka_unit_test(utf16_is_known_by_its_zeros),
	    cmocka_unit_test(ascii_and_utf8_are_utf8),
	    cmocka_unit_test(russian_is_told_in_its_encodings),
	    cmocka_unit_test(latvian_and_its_neighbours_are_told_from_the_west),
	    cmocka_unit_test(few_letters_are_no_certainty),
	    cmocka_unit_test(a_price_in_euro_alone_does_not_make_it_cyrillic),
	    cmocka_unit_test(the_delimiter_cuts_rows_into_as_many_cells),
	    cmocka_unit_test(a_decimal_comma_is_no_delimiter),
	    cmocka_unit_test(what_stands_in_quotes_does_not_count),
	    cmocka_unit_test(lines_before_the_table_are_counted),
	    cmocka_unit_test(line_ends_of_all_systems_are_known),
	    cmocka_unit_test(a_header_is_words_above_something_else),
	    cmocka_unit_test(nothing_is_nothing),
	    cmocka_unit_test(a_sample_may_end_anywhere),
	    cmocka_unit_test(a_file_is_read_to_the_end_of_the_sample),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
