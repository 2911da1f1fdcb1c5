#!/bin/sh
# Every manifest must parse before it is pushed.
find . -name '*.yaml' -not -path './.git/*' -print0 | xargs -0 -n1 kubectl apply --dry-run=client -o name -f
