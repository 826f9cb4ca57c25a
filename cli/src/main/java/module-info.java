/** The mixtura command. */
module org.mixtura.cli {
    requires info.picocli;
    requires org.mixtura.table;
    requires static org.jspecify;

    // picocli sets the annotated fields of the commands.
    opens org.mixtura.cli to
            info.picocli;
}
