package org.mixtura.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;

/**
 * The standard error of whoever started the command.
 *
 * <p>The JVM announces at every start with vector kernels that an incubator module is in use, on its own standard error, and
 * cannot be told not to. So the launcher sends that stream nowhere and passes the real one on as descriptor 3, which the system
 * property {@code mixtura.stderr.descriptor} says. Without the property, as when started by hand, the standard error is itself.
 */
final class StandardError {
    private StandardError() {}

    /** A stream to it; not to be closed before the end. */
    static OutputStream open() {
        Integer number = Integer.getInteger("mixtura.stderr.descriptor");
        return new FileOutputStream(number == null ? FileDescriptor.err : descriptor(number));
    }

    /** By reflection, since a path such as /dev/fd/3 cannot be opened if it is a socket, and loses the place in a file. */
    private static FileDescriptor descriptor(int number) {
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return FileDescriptor.err;
        }
    }
}
