# Copies the output of `make test`, and repeats at its end what failed: the parts, then the lines in
# which pytest, Vitest and mypy name a failure, or the last lines of a part that names none: one that
# was stopped, or that failed after its tests. A part's own output may be a thousand lines above.

{ print; fflush() }

{ line = $0; gsub(/\033\[[0-9;]*m/, "", line) }

line ~ /^make.*\*\*\* \[[^]]*: [^]]*\]/ {
  part = line
  sub(/^make.*\*\*\* \[[^]]*: /, "", part)
  sub(/\].*/, "", part)
  parts = parts " " part
  if (!named) {
    for (i = last > 20 ? last - 19 : 1; i <= last; i++) endings[++ending] = recent[i % 20]
  }
  named = last = 0
  next
}

line ~ /^(FAILED|ERROR) / || line ~ /: error: / || line ~ /^[^a-zA-Z]*FAIL[^a-zA-Z]/ {
  if (++count <= 30) lines[count] = line
  named = 1
}

{ recent[++last % 20] = line }

END {
  if (parts != "") {
    print "\nFailed:" parts
    for (i = 1; i <= count && i <= 30; i++) print "  " lines[i]
    if (count > 30) print "  and " count - 30 " more"
    for (i = 1; i <= ending; i++) print "  " endings[i]
  }
}
