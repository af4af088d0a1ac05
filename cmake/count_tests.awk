# Sums up a CTest log in test cases: Catch2 programs by the cases they report, others by a line "N passed, N failed",
# any other program as one.
# Prints "N passed, N failed" alone on the last line; exit status 1 when something failed or nothing ran.
function cases(line, word,    n, i, field) {
  n = split(line, field, /[|(]/)
  for (i = 1; i <= n; i++)
    if (field[i] ~ word) { gsub(/[^0-9]/, "", field[i]); return field[i] + 0 }
  return 0
}
/^Output:$/ { inside = 1; good = 0; bad = 0 }
inside && /^All tests passed \(/ { match($0, /in [0-9]+ test case/); good += substr($0, RSTART + 3) + 0 }
inside && /^test cases: / { good += cases($0, "passed"); bad += cases($0, "failed") }
inside && /^[0-9]+ passed, [0-9]+ failed$/ { good += $1; bad += $3 }
/^Test Passed\.$/ && inside { passed += (good ? good : 1); inside = 0 }
/^Test Failed\.$/ && inside { passed += good; failed += (bad ? bad : 1); inside = 0 }
END {
  printf "%d passed, %d failed\n", passed, failed
  exit failed > 0 || passed == 0
}
