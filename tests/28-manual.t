#!/bin/sh
# The examples of the manual pages about imports do what the pages show.
. "${0%/*}/lib.sh"

# The sessions in a page: what is shown by cat or iconv becomes that file; each other command is put into NUMBER.sh, and
# what stands behind it, long lines unfolded, into NUMBER.want.
read_page() {
	sed -e "s/\\\\(aq/'/g" -e 's/\\(dq/"/g' -e 's/\\(ha/^/g' -e 's/\\e/\\/g' -e 's/^\\&//' "$1" |
		awk '
	function put(line) { if (to != "") { printf "%s", line | to } }
	function end() { if (to != "") { put("\n"); close(to) } to = "" }
	/^\.Bd/ { session = 1; next }
	/^\.Ed/ { end(); session = 0; next }
	!session { next }
	/^\$ cat [^ ]*\.(csv|txt|yaml)$/ && !(($3) in made) { end(); made[$3] = 1; to = "cat >" $3; begun = 0; next }
	/^\$ iconv -f [^ ]* [^ ]*$/ { end(); to = "iconv -f utf-8 -t " $4 " >" $5; begun = 0; next }
	/^\$ / {
		end()
		n = sprintf("%02d", ++commands)
		print substr($0, 3) > (n ".sh")
		command = ($0 ~ /(\\|\|)$/)
		printf "" > (n ".want")
		to = "cat >" n ".want"
		begun = 0
		next
	}
	command { print > (n ".sh"); command = ($0 ~ /(\\|\|)$/); next }
	/^    [^ ]/ && to ~ /want$/ { put(" " substr($0, 5)); next }
	{ put((begun++ ? "\n" : "") $0) }'
}

# each session of a page, in a folder of its own
check_page() {
	page=${tests%/*}/man/$1
	mkdir "$1" && cd "$1" || exit 2
	read_page "$page"
	for command in *.sh; do
		sh "$command" >got 2>&1
		[ -s got ] || echo >got
		# messages and what a pipe gives come in no certain order
		if grep -q '|' "$command"; then
			sort -o got got
			sort -o "${command%.sh}.want" "${command%.sh}.want"
		fi
		is "$(cat got)" "$(cat "${command%.sh}.want")" "${1%.in}: $(head -n 1 "$command")"
	done
	cd ..
}

KAM_TODAY=2026-11-23
export KAM_TODAY
check_page kam-map.5.in
check_page kam-import.1

done_testing
