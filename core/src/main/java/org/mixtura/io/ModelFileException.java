package org.mixtura.io;

/** A model file that cannot be read as a model; the message says what is wrong where. */
public final class ModelFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ModelFileException(String message) {
        super(message);
    }
}
