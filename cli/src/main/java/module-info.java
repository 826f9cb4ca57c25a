/** The mixtura command. */
module org.mixtura.cli {
    requires info.picocli;
    requires org.mixtura.report;
    requires org.mixtura.table;
    requires static org.jspecify;
}
