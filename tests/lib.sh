# A small TAP producer for shell tests. A test begins with
#
#	#!/bin/sh
#	. "${0%/*}/lib.sh"
#
# and ends with done_testing. In between it stands in an empty folder of its
# own, with nothing on standard input and the programs of $KAM_BIN first on
# PATH. $tests is this folder, for tests/data.

tests=$(cd "${0%/*}" && pwd) || exit 2
PATH=${KAM_BIN:-${tests%/*}/build/bin}:$PATH
LC_ALL=C.UTF-8
export PATH LC_ALL
unset CDPATH COLUMNS KAM_TODAY KAM_USER LANGUAGE NO_COLOR XDG_CONFIG_HOME

tap_dir=$(mktemp -d "${TMPDIR:-/tmp}/kam-test.XXXXXX") || exit 2
tap_cleanup() {
	cd / && chmod -R u+rwx "$tap_dir" && rm -rf "$tap_dir"
}
trap tap_cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$tap_dir/home" "$tap_dir/work" "$tap_dir/tap" && cd "$tap_dir/work" || exit 2
echo 0 >"$tap_dir/tap/count"
HOME=$tap_dir/home
export HOME
exec </dev/null

# a comment for each line of standard input; on standard error, where prove lets it through
tap_comment() {
	sed 's/^/#   /' >&2
}

# the number of the next test, kept in a file because "… | runs" counts in a subshell
tap_next() {
	read -r tap_count <"$tap_dir/tap/count"
	tap_count=$((tap_count + 1))
	echo "$tap_count" >"$tap_dir/tap/count"
}

# STATUS DESC: one test; returns STATUS's truth
tap_result() {
	tap_next
	[ "$1" -ne 0 ] || { echo "ok $tap_count - $2" && return; }
	echo "not ok $tap_count - $2"
	echo "# ${0##*/}: failed test $tap_count: $2" >&2
	echo "$tap_count" >>"$tap_dir/tap/failed"
	return 1
}

# ok DESC: the command before succeeded
ok() {
	tap_result $? "$1"
}

# is GOT WANT DESC: two texts are the same
is() {
	[ "$1" = "$2" ]
	tap_result $? "$3" && return
	printf '%s\n' "$1" >"$tap_dir/tap/got"
	printf '%s\n' "$2" >"$tap_dir/tap/wanted"
	(cd "$tap_dir/tap" && diff -a -u wanted got) | sed 1,2d | tap_comment
}

# like TEXT ERE DESC: some line of the text matches
like() {
	printf '%s\n' "$1" | grep -aEq -e "$2"
	tap_result $? "$3" && return
	printf 'no match for %s in:\n%s\n' "$2" "$1" | tap_comment
}

# runs STATUS DESC COMMAND…: the command ends with that status; its output is left in ./out and ./err
runs() {
	tap_want=$1 tap_desc=$2
	shift 2
	"$@" >out 2>err
	tap_got=$?
	[ "$tap_got" -eq "$tap_want" ]
	tap_result $? "$tap_desc" && return
	{
		printf 'exit status %s, not %s: %s\n' "$tap_got" "$tap_want" "$*"
		sed -e 's/^/out: /' out | head -n 20
		sed -e 's/^/err: /' err | head -n 40
	} | tap_comment
}

# same_file GOT WANT DESC: two files have the same bytes
same_file() {
	cmp "$1" "$2" >"$tap_dir/tap/cmp" 2>&1
	tap_result $? "$3" && return
	{
		cat "$tap_dir/tap/cmp"
		[ ! -r "$1" ] || [ ! -r "$2" ] || diff -a -u "$2" "$1" | head -n 40
	} | tap_comment
}

# skip DESC WHY: a test that cannot run here
skip() {
	tap_next
	echo "ok $tap_count - $1 # SKIP $2"
}

done_testing() {
	read -r tap_count <"$tap_dir/tap/count"
	echo "1..$tap_count"
	[ ! -e "$tap_dir/tap/failed" ]
	exit
}
