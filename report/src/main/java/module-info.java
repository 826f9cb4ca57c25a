/** Fits and comparisons as pages that people look at, and as static pictures. */
module org.mixtura.report {
    requires transitive org.mixtura;
    requires ejml.core;
    requires ejml.ddense;
    requires java.desktop;
    requires static org.jspecify;

    exports org.mixtura.report;
}
