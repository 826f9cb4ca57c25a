package org.mixtura.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.mixtura.kernel.KernelChoice;

/** What this library is: its version, and the kernels it runs with. */
public final class Version {
    private Version() {}

    /** {@return the version, such as {@code 0.1.0}} */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /** {@return which implementation of the loops over rows is in use on this machine and why, for people} */
    public static String kernels() {
        return KernelChoice.best().description();
    }
}
