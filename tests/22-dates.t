#!/bin/sh
# kam-import: dates as the map says they are written. Formats one by one: unit/test_datepattern.c.
. "${0%/*}/lib.sh"

# a map for dates in the format $1
map() {
	cat <<END
kind: sales
source: s
currency: EUR
csv: {delimiter: ";"}
date: "$1"
account: {external: {s: code}}
columns: {date: day, revenue: net}
END
}

# the month and the days of an export with the cells $2 … in the format $1
days() {
	map "$1" >days.yaml
	shift
	{ echo 'day;code;net' && printf '%s;a1;1\n' "$@"; } >days.csv
	kam-import -m days.yaml days.csv 2>err | sed -n 's/^  - {month: \([^,]*\),.* on: \(.*\)}$/\1 \2/p'
}

is "$(days '%A, %e %B %Y г.' 'Четверг, 5 ноября 2026 г.' 'понедельник, 9 Ноября 2026 г.')" '2026-11 [5, 9]' \
	'months and weekdays are read by their Russian names'
is "$(days '%Y. gada %d. %B' '2026. gada 5. novembris' '2026. gada 9. novembrī')" '2026-11 [5, 9]' \
	'months are read by their Latvian names'
is "$(days '%d-%b-%y' '05-Nov-26' '9-NOV-26')" '2026-11 [5, 9]' 'months are read by their English names'
is "$(days excel 46331 46335,75)" '2026-11 [5, 9]' 'serial days of spreadsheets are dates'
is "$(days excel-1904 44869 44873.75)" '2026-11 [5, 9]' 'serial days since 1904 are dates'

is "$(days '%a %F' 'Thu 2026-11-05' 'Tue 2026-11-09')" '2026-11 [5]' 'a row whose weekday is not its date'\''s is left out'
is "$(grep -c 'days.csv:3: .*"Tue 2026-11-09"' err)" 1 'and reported with its line'

map %c >locale.yaml
kam-import -m locale.yaml days.csv 2>err
is "$? $(cat err)" \
	'2 kam-import: locale.yaml:5:7: date format "%c": %c depends on the locale; write what it stands for, as %a %b %e %H:%M:%S %Y' \
	'a format that the locale decides is refused with what to write instead'

done_testing
