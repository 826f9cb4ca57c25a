package org.mixtura.cli;

import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Matrix;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object on one line. Doubles are written with the fewest digits that read back as the same double; what is not a
 * finite number is null, since JSON has no word for it.
 */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The text of an object whose members are written by the argument. */
    static String object(Consumer<Json> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            members.accept(new Json(generator));
            generator.writeEndObject();
        }
        return text.append('\n').toString();
    }

    /** The generator, for whoever writes whole members. */
    JsonGenerator generator() {
        return generator;
    }

    Json text(String name, @Nullable String value) {
        generator.writeName(name);
        if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value);
        }
        return this;
    }

    Json integer(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    Json truth(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    Json number(String name, double value) {
        generator.writeName(name);
        number(value);
        return this;
    }

    Json numbers(String name, double... values) {
        generator.writeName(name);
        generator.writeStartArray();
        for (double value : values) {
            number(value);
        }
        generator.writeEndArray();
        return this;
    }

    /** A number, or the word Infinity or NaN where JSON has no number. */
    Json numberOrWord(String name, double value) {
        return Double.isFinite(value) ? number(name, value) : text(name, Double.toString(value));
    }

    Json integers(String name, int... values) {
        generator.writeName(name);
        generator.writeStartArray();
        for (int value : values) {
            generator.writeNumber(value);
        }
        generator.writeEndArray();
        return this;
    }

    /** A list of the rows of a matrix. */
    Json matrix(String name, Matrix matrix) {
        generator.writeName(name);
        matrix(matrix);
        return this;
    }

    /** A list of matrices, each a list of its rows. */
    Json matrices(String name, List<Matrix> matrices) {
        generator.writeName(name);
        generator.writeStartArray();
        matrices.forEach(this::matrix);
        generator.writeEndArray();
        return this;
    }

    Json texts(String name, List<String> values) {
        generator.writeName(name);
        generator.writeStartArray();
        values.forEach(generator::writeString);
        generator.writeEndArray();
        return this;
    }

    Json member(String name, Consumer<Json> members) {
        generator.writeName(name);
        return unnamed(members);
    }

    <T> Json list(String name, List<T> elements, Consumer<T> members) {
        generator.writeName(name);
        generator.writeStartArray();
        for (T element : elements) {
            generator.writeStartObject();
            members.accept(element);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    private Json unnamed(Consumer<Json> members) {
        generator.writeStartObject();
        members.accept(this);
        generator.writeEndObject();
        return this;
    }

    private void matrix(Matrix matrix) {
        generator.writeStartArray();
        for (int i = 0; i < matrix.rows(); i++) {
            generator.writeStartArray();
            for (double value : matrix.row(i)) {
                number(value);
            }
            generator.writeEndArray();
        }
        generator.writeEndArray();
    }

    private void number(double value) {
        if (Double.isFinite(value)) {
            generator.writeNumber(value);
        } else {
            generator.writeNull();
        }
    }
}
