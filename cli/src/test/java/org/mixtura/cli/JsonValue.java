package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON value as a test sees it: what the program printed, or part of a golden file of the module core. */
final class JsonValue {
    private final @Nullable Object value;

    private JsonValue(@Nullable Object value) {
        this.value = value;
    }

    static JsonValue parse(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            return new JsonValue(read(parser, parser.nextToken()));
        }
    }

    /** A golden file, such as {@code cavi/cavi.json}. */
    static JsonValue golden(String file) {
        try {
            return parse(Files.readString(
                    Path.of("..", "core", "src", "test", "resources", "goldens").resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) {
        switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.put(name, read(parser, parser.nextToken()));
                }
                return members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(read(parser, next));
                }
                return elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return parser.getDoubleValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return parser.getString();
            }
        }
    }

    private Map<?, ?> map() {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    boolean isList() {
        return value instanceof List;
    }

    boolean has(String name) {
        return map().containsKey(name);
    }

    Set<?> names() {
        return map().keySet();
    }

    JsonValue get(String name) {
        assertThat(names()).as("members").anyMatch(name::equals);
        return new JsonValue(map().get(name));
    }

    JsonValue at(int index) {
        return elements().get(index);
    }

    List<JsonValue> elements() {
        return ((List<?>) Objects.requireNonNull(value))
                .stream().map(JsonValue::new).toList();
    }

    Stream<JsonValue> cases() {
        return get("cases").elements().stream();
    }

    double number() {
        return (Double) Objects.requireNonNull(value);
    }

    String text() {
        return (String) Objects.requireNonNull(value);
    }

    boolean truth() {
        return (Boolean) Objects.requireNonNull(value);
    }

    double[] vector() {
        return elements().stream().mapToDouble(JsonValue::number).toArray();
    }

    int[] integers() {
        return elements().stream().mapToInt(element -> (int) element.number()).toArray();
    }

    double[][] matrix() {
        return elements().stream().map(JsonValue::vector).toArray(double[][]::new);
    }

    /** All numbers in it, the nested ones in their order. */
    List<Double> numbers() {
        return isList()
                ? elements().stream()
                        .flatMap(element -> element.numbers().stream())
                        .toList()
                : List.of(number());
    }

    /** Asserts that the numbers are those of another value, to a tolerance relative to max(1, |v|). */
    void assertNear(JsonValue expected, double tolerance) {
        List<Double> own = numbers();
        List<Double> others = expected.numbers();
        assertThat(own).hasSameSizeAs(others);
        for (int i = 0; i < own.size(); i++) {
            double allowed = tolerance * Math.max(1, Math.abs(others.get(i)));
            assertThat(Math.abs(own.get(i) - others.get(i)))
                    .as("number %d of %d: %s, expected %s", i, own.size(), own.get(i), others.get(i))
                    .isLessThanOrEqualTo(allowed);
        }
    }

    /** The name of a case; for lists and numbers their JSON. */
    @Override
    public String toString() {
        return value instanceof Map<?, ?> members && members.get("name") != null
                ? String.valueOf(members.get("name"))
                : String.valueOf(value);
    }
}
