package org.mixtura.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON value as tests ask for it; a wrong question fails the test. */
final class Json {
    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** The one value that a text holds. */
    static Json parse(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            Json json = new Json(read(parser, parser.nextToken()));
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one JSON value: " + text);
            }
            return json;
        }
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.put(name, new Json(read(parser, parser.nextToken())));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Json> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(new Json(read(parser, next)));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private <T> T as(Class<T> type) {
        if (!type.isInstance(value)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", found " + value);
        }
        return type.cast(value);
    }

    Json get(String name) {
        Object member = as(Map.class).get(name);
        if (!(member instanceof Json json)) {
            throw new AssertionError("no member " + name + " among " + names());
        }
        return json;
    }

    Set<String> names() {
        @SuppressWarnings("unchecked")
        Set<String> names = as(Map.class).keySet();
        return names;
    }

    List<Json> elements() {
        @SuppressWarnings("unchecked")
        List<Json> elements = as(List.class);
        return elements;
    }

    boolean isNull() {
        return value == null;
    }

    /** The names of all members, at any depth, that are null or hold a list with a null. */
    Set<String> nulls() {
        Set<String> names = new TreeSet<>();
        collectNulls("", names);
        return names;
    }

    private void collectNulls(String name, Set<String> names) {
        if (value == null) {
            names.add(name);
        } else if (value instanceof Map<?, ?>) {
            names().forEach(member -> get(member).collectNulls(member, names));
        } else if (value instanceof List<?>) {
            elements().forEach(element -> element.collectNulls(name, names));
        }
    }

    double number() {
        return as(Double.class);
    }

    String text() {
        return as(String.class);
    }

    boolean truth() {
        return as(Boolean.class);
    }

    double[] vector() {
        return elements().stream().mapToDouble(Json::number).toArray();
    }

    double[][] matrix() {
        return elements().stream().map(Json::vector).toArray(double[][]::new);
    }

    List<String> texts() {
        return elements().stream().map(Json::text).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && Objects.equals(value, json.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
