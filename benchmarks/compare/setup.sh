#!/usr/bin/env bash
# Installs the peers into a work folder and makes the data: setup.sh WORK. Peers that do not install are left out of the table.
# Needs python3 with venv, a JDK 17 or newer, Maven, and for Armadillo g++ with its development package.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

# oneDAL wants older libraries than scikit-learn: an environment each.
python3 -m venv venv
venv/bin/pip install -q scikit-learn==1.9.1 numpy
python3 -m venv venvdaal
venvdaal/bin/pip install -q daal4py==2024.7.0 scikit-learn-intelex==2024.7.0 'scikit-learn<1.6' 'numpy<2' packaging

mkdir -p jvm spark peers
dependency() {
    echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version></dependency>"
}
# Fetches the dependencies that are read from standard input into the folder $1/lib.
libraries() {
    {
        echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        echo '<groupId>peers</groupId><artifactId>peers</artifactId><version>1</version><dependencies>'
        cat
        echo '</dependencies></project>'
    } >"$1/pom.xml"
    (cd "$1" && mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime)
}
if {
    dependency io.github.elki-project elki-clustering 0.8.0
    dependency io.github.elki-project elki-core-dbids-int 0.8.0
    dependency nz.ac.waikato.cms.weka weka-stable 3.8.7
    dependency org.apache.commons commons-math3 3.6.1
} | libraries jvm; then
    javac -nowarn -cp 'jvm/lib/*' -d peers "$here"/peers/{Timing,CommonsMathPeer,ElkiPeer,WekaPeer}.java
fi
# Without the first, Maven picks an older library of Scala than Spark starts with. 300 MB.
if {
    dependency org.scala-lang scala-library 2.13.17
    dependency org.apache.spark spark-mllib_2.13 4.1.0
} | libraries spark; then
    javac -nowarn -cp 'spark/lib/*' -d peers "$here"/peers/{Timing,SparkPeer}.java
fi
g++ -O3 -march=native -fopenmp -w "$here/peers/armadillo.cpp" -o armadillo -larmadillo || echo "no Armadillo"
venv/bin/python "$here/workloads.py" data
