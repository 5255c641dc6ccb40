# Copies the output of `make test`, and repeats at its end what failed: the parts, then the lines in
# which pytest, Vitest and mypy name a failure. A part's own output may be a thousand lines above.

{ print; fflush() }

/^make.*\*\*\* \[[^]]*: [^]]*\]/ {
  part = $0
  sub(/^make.*\*\*\* \[[^]]*: /, "", part)
  sub(/\].*/, "", part)
  parts = parts " " part
}

/^(FAILED|ERROR) / || /: error: / || /^[^a-zA-Z]*FAIL[^a-zA-Z]/ {
  if (++count <= 30) lines[count] = $0
}

END {
  if (parts != "") {
    print "\nFailed:" parts
    for (i = 1; i <= count && i <= 30; i++) print "  " lines[i]
    if (count > 30) print "  and " count - 30 " more"
  }
}
