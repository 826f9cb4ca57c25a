package org.mixtura.report.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes the data of a page: members of an open JSON object, one after the other. */
public final class PageData {
    private final JsonGenerator json;

    PageData(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes a text.
     *
     * @param name of the member
     * @param value any text
     * @return this
     */
    public PageData text(String name, String value) {
        json.writeStringProperty(name, value);
        return this;
    }

    /**
     * Writes texts.
     *
     * @param name of the member
     * @param values any texts
     * @return this
     */
    public PageData texts(String name, Iterable<String> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(json::writeString);
        json.writeEndArray();
        return this;
    }

    /**
     * Writes a number; null where it is not finite.
     *
     * @param name of the member
     * @param value the number
     * @return this
     */
    public PageData number(String name, double value) {
        json.writeName(name);
        number(value);
        return this;
    }

    /**
     * Writes numbers; null where one is not finite.
     *
     * @param name of the member
     * @param values the numbers
     * @return this
     */
    public PageData numbers(String name, double... values) {
        json.writeName(name);
        numbers(values);
        return this;
    }

    /**
     * Writes a matrix as an array of rows; null where a number is not finite.
     *
     * @param name of the member
     * @param rows the rows
     * @return this
     */
    public PageData matrix(String name, double[][] rows) {
        json.writeName(name);
        json.writeStartArray();
        for (double[] row : rows) {
            numbers(row);
        }
        json.writeEndArray();
        return this;
    }

    private void numbers(double... values) {
        json.writeStartArray();
        for (double value : values) {
            number(value);
        }
        json.writeEndArray();
    }

    private void number(double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    /**
     * Writes a whole number.
     *
     * @param name of the member
     * @param value the number
     * @return this
     */
    public PageData integer(String name, long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    /**
     * Writes yes or no.
     *
     * @param name of the member
     * @param value whether
     * @return this
     */
    public PageData truth(String name, boolean value) {
        json.writeBooleanProperty(name, value);
        return this;
    }

    /**
     * Writes an object.
     *
     * @param name of the member
     * @param members writes what is in it
     * @return this
     */
    public PageData object(String name, Consumer<PageData> members) {
        json.writeName(name);
        json.writeStartObject();
        members.accept(this);
        json.writeEndObject();
        return this;
    }

    /**
     * Writes an array of objects.
     *
     * @param name of the member
     * @param elements one for each object
     * @param members writes what is in one
     * @param <T> the type of the elements
     * @return this
     */
    public <T> PageData objects(String name, Iterable<T> elements, Consumer<T> members) {
        json.writeName(name);
        json.writeStartArray();
        for (T element : elements) {
            json.writeStartObject();
            members.accept(element);
            json.writeEndObject();
        }
        json.writeEndArray();
        return this;
    }

    /**
     * Writes many numbers in little space: float32, little-endian, as base64.
     *
     * @param name of the member
     * @param values the numbers
     * @return this
     */
    public PageData floats(String name, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return text(name, Base64.getEncoder().encodeToString(bytes.array()));
    }

    /**
     * Writes many small whole numbers in little space: uint16, little-endian, as base64.
     *
     * @param name of the member
     * @param values numbers from -32768 to 32767
     * @return this
     */
    public PageData shorts(String name, int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Short.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return text(name, Base64.getEncoder().encodeToString(bytes.array()));
    }
}
