#!/bin/sh
# Merges by lines alone, as hosting sites make them, of branches that were changed through the verbs: hundreds of
# dossiers at once, each changed by both sides at random. $SEED and $ROUNDS make other ones.
. "${0%/*}/lib.sh"

if ! command -v git >/dev/null; then
	skip "merges by lines" "git is not installed"
	done_testing
fi

GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null KAM_TODAY=2026-11-22
GIT_AUTHOR_NAME=north GIT_AUTHOR_EMAIL=north@supplier.example
GIT_COMMITTER_NAME=north GIT_COMMITTER_EMAIL=north@supplier.example
export GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM KAM_TODAY GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
	GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

dossiers=150 # of a round

# of the number $1: items of a list on a line each, as programs write them
dossier() {
	cat <<END
---
id: a$1
name: Client $1
tier: standard           # key large standard prospect
manager: north

profile:
  industry: carton
  size: small

contacts:                # people
  - {id: one, name: First, role: user, phone: "+371 20000001"}
  - {id: two, name: Second, role: user}
  - {id: three, name: Third, role: user}
  - {id: four, name: Fourth, role: user}

plan:
  goals:
    - {goal: share, due: 2027-01-31}
    - {goal: growth}
    - {goal: visits}

log:                     # oldest first
  - {date: 2026-11-02, kind: call, by: north, about: prices}
  - {date: 2026-11-09, kind: visit, by: north, with: [one], about: samples}
  - {date: 2026-11-16, kind: call, by: north, about: terms}

news:
  - {date: 2026-10-01, title: a new line}

sales:
  - {month: 2026-07, source: 1c, revenue: 70.00}
  - {month: 2026-08, source: 1c, revenue: 80.00}
  - {month: 2026-09, source: 1c, revenue: 90.00}
END
}

# what one side does, as a script: two changes of each dossier
changes() {
	awk -v seed="$1" -v n=$dossiers -v side="$2" '
	function one(list, of,   words) { of = split(list, words, " "); return words[1 + int(rand() * of)] }
	function contact() { return one("one two three four") }
	function change(id,   k) {
		k = int(rand() * 14)
		if (k == 0) return "set " id " contacts/" contact() "/phone 2000000" int(rand() * 3)
		if (k == 1) return "set " id " contacts/" contact() "/role " one("decider approver")
		if (k == 2) return "set --drop " id " contacts/" contact()
		if (k == 3) return "add " id " contacts id=" one("five six") " name=" one("Fifth Sixth")
		if (k == 4) return "add " id " plan/goals goal=" one("reach depth")
		if (k == 5) return "set " id " plan/goals/" one("1 2 3") "/due 2027-0" one("2 3") "-01"
		if (k == 6) return "set --drop " id " plan/goals/" one("1 2 3")
		if (k == 7) return "log -k " one("call visit") " -b north -a " one("prices offer") \
			" --date 2026-11-" one("05 12 18 20") " " id
		if (k == 8) return "set " id " tier " one("key large")
		if (k == 9) return "set " id " profile/" one("industry size") " " one("big small")
		if (k == 10) return "add " id " news date=2026-11-" one("03 04") " title=" one("fair move")
		if (k == 11) return "drop -s 1c -m 2026-0" one("7 8 9") " " id
		if (k == 12) return "month " id " 2026-" one("06 08 09 10") " " one("95.00 96.00")
		return "add " id " aliases " one("Koks Ozols")
	}
	BEGIN {
		srand(seed * 2 + (side == "theirs"))
		for (i = 1; i <= n; i++)
			print change("a" i) "\n" change("a" i)
	}'
}

# VERB WORD…: a verb, or a month that an import brings
verb() {
	if [ "$1" = month ]; then
		printf -- '---\nid: %s\nsales:\n  - {month: %s, source: 1c, revenue: %s}\n' "$2" "$3" "$4" |
			kam-dossier merge -q --no-config accounts
		return
	fi
	name=$1
	shift
	kam-dossier "$name" -q --no-config -d accounts "$@"
}

# SEED SIDE: on a branch of that name
change() {
	git checkout -q -b "$2" main
	changes "$1" "$2" >../script
	while read -r line; do
		# shellcheck disable=SC2086
		verb $line </dev/null
	done <../script >../said 2>&1
	git commit -qam "$2" && cp -r accounts "../$2"
}

# FOLDER: "a7 FACT" of each dossier that is compared; a goal is called by what it says, not by its place in the list
facts() {
	while read -r id; do
		echo "$1/$id.yaml"
	done <compared | xargs kam-dossier facts --no-config | awk '
	/^id: / { id = $2 }
	/^plan\/goals\// {
		split($1, path, "/")
		if (path[4] == "goal:")
			goal[path[3]] = $2
		sub("/" path[3] "/", "/" goal[path[3]] "/")
	}
	NF { print id " " $0 }' | sort
}

# of the facts of base, ours and theirs those that a merge has to have
wanted() {
	comm -12 ours.facts theirs.facts >both
	comm -13 base.facts ours.facts >new
	comm -13 base.facts theirs.facts >>new
	sort -u both new
}

round() {
	rm -rf repo base ours theirs
	git init -q -b main repo && cd repo && mkdir accounts || exit
	for i in $(seq 1 $dossiers); do
		dossier "$i" >"accounts/a$i.yaml"
	done
	git add -A && git commit -qm base && cp -r accounts ../base
	change "$1" ours
	change "$1" theirs
	git checkout -q ours
	git merge -q --no-edit theirs >../said 2>&1
	git ls-files -u | sed 's/.*\///;s/\.yaml$//' | sort -u >../conflicts
	cd .. || exit
	kam-dossier check -q --no-config repo/accounts | sed -n 's;^repo/accounts/\([^.]*\)\..*;\1;p' | sort -u >refused
	ls base | sed 's/\.yaml$//' | sort | comm -23 - conflicts | comm -23 - refused >compared
	for side in base ours theirs; do
		facts $side >$side.facts
	done
	facts repo/accounts >got
	wanted >want
	same_file got want "seed $1: $(wc -l <compared) merged right, $(wc -l <conflicts) in conflict, \
$(comm -13 conflicts refused | wc -l) refused by check"
	[ "$(wc -l <compared)" -gt $((dossiers / 4)) ]
	ok "seed $1: many are merged"
}

seed=${SEED:-1}
for i in $(seq 1 "${ROUNDS:-1}"); do
	round $((seed + i - 1))
done
done_testing
