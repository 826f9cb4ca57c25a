#!/usr/bin/env bash
# The table of fourteen structures x 1 to 9 components on banknote, beside mclust: run.sh [ROUNDS]; a minute.
# Needs Rscript with mclust (apt-get install r-base-core r-cran-mclust), and the module: ./mvnw -pl benchmarks -am package -DskipTests
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=$home/core/src/test/resources/goldens/mclust/banknote.csv
rounds=${1:-20}
Rscript - "$data" <<'R'
suppressMessages(library(mclust))
x <- read.csv(commandArgs(trailingOnly = TRUE)[1])
for (round in 1:3) {
  began <- proc.time()
  bic <- mclustBIC(x, G = 1:9, verbose = FALSE)
  cat(sprintf("mclust %s: %.3f s, chosen %s\n", packageVersion("mclust"), sum((proc.time() - began)[1:2]),
              names(unclass(pickBIC(bic, 1)))))
}
R
for starts in 0 8; do
    echo "mixtura, $([ "$starts" = 0 ] && echo 'one plain start' || echo "search with $starts starts")"
    java -XX:+UseSerialGC -cp "$home/benchmarks/target/classes:$home/benchmarks/target/lib/*" \
        org.mixtura.benchmarks.StructureTimes "$data" "$starts" "$rounds"
done
