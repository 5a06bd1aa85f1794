#!/bin/sh
# The tiny real program of the demo: it tells who it is and what it was given, with values masked.
mask() { printf '%s' "$1" | cut -c1-2 | tr -d '\n'; printf '%s\n' '***'; }
echo "app: I am process $$, my parent is $PPID, my image is $(readlink /proc/$$/exe 2>/dev/null || echo unknown)"
for name in "$@"; do
  eval "value=\${$name-}"
  if [ -n "$value" ]; then echo "app: $name=$(mask "$value")"; else echo "app: $name is not set"; fi
done
