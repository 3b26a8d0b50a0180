#!/bin/sh
# The examples of manual pages do what the pages show.
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

# PAGE [ACCOUNTS]: each session of a page, in a folder of its own, with these accounts in it
check_page() {
	page=${tests%/*}/man/$1
	mkdir "$1" || exit 2
	[ $# -eq 1 ] || cp -R "$2" "$1/accounts" || exit 2
	cd "$1" || exit 2
	read_page "$page"
	for command in *.sh; do
		if grep -q '| *column \|^ *column ' "$command" && ! command -v column >/dev/null; then
			skip "${1%.in}: $(head -n 1 "$command")" 'there is no column'
			continue
		fi
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

mkdir accounts
while read -r id revenue margin; do
	printf -- '---\nid: %s\nsales: [{month: 2026-10, source: s, revenue: %s, margin: %s}]\n' "$id" "$revenue" "$margin" >"accounts/$id.yaml"
done <<'END'
romashka 134550.00 37670.00
harbour-cartons 35300.00 9850.00
sia-keguma-koks 27100.00 4800.00
END
check_page kam-model.5.in accounts

done_testing
