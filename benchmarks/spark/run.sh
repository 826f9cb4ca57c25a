#!/usr/bin/env bash
# Compares Mixtura on Spark with Spark's own mixture, in one session of this machine; writes a page of tables.
#
#   benchmarks/spark/run.sh [PARTS [FILE]]   PARTS: speed,rounds,columns (default all); about fifteen minutes
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$home"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./mvnw -q -pl spark -am package dependency:build-classpath -DskipTests -Dmdep.outputFile="$work/cp" -Dmdep.includeScope=test
opens=()
for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
    opens+=("--add-opens=java.base/java.$package=ALL-UNNAMED")
done
for package in sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
classes="$work:spark/target/app/lib/*:$(cat "$work/cp")"
javac -d "$work" -cp "$classes" benchmarks/spark/Compare.java
java -Xmx3g --add-modules jdk.incubator.vector "${opens[@]}" -cp "$classes" Compare \
    "${1:-speed,rounds,columns}" "${2:-spark.md}"
