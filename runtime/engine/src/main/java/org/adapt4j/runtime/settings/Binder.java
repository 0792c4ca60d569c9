package org.adapt4j.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.settings.Nearest;

/**
 * Makes settings records from sections of a configuration, and says everything that is wrong with them at once.
 *
 * <p>Components are {@code int long double boolean String Duration Path}, enums, {@code Optional List Map} of these, nested
 * records, and sealed interfaces of records, chosen by the key {@code type}. Keys are the names of the components in
 * kebab-case. What a record's constructor refuses is reported at the key with which its message starts.
 *
 * <p>The defaults of all choices of a sealed interface stand side by side in {@code reference.conf}: a default that belongs
 * to another choice is dropped, the same key written by a user is a problem.
 */
public final class Binder {

    private final Problems problems;

    /** Reports to {@code problems}. */
    public Binder(Problems problems) {
        this.problems = problems;
    }

    /**
     * Binds one section and returns at once.
     *
     * @throws ConfigurationException with all that is wrong
     */
    public static <T extends Record> T bind(Class<T> type, Config section, String path) {
        Problems problems = new Problems();
        Optional<Bound<T>> bound = new Binder(problems).bind(type, section.root(), path, KeyHistory.NONE);
        problems.throwIfAny();
        return bound.orElseThrow().settings();
    }

    /**
     * Binds a resolved section.
     *
     * @param path of the section, for messages
     * @return empty if problems were found and reported
     */
    public <T extends Record> Optional<Bound<T>> bind(
            Class<T> type, ConfigObject section, String path, KeyHistory history) {
        return bind(type, section, path, history, Set.of());
    }

    /** The same. @param besides keys of the section that are bound by others, for hints */
    public <T extends Record> Optional<Bound<T>> bind(
            Class<T> type, ConfigObject section, String path, KeyHistory history, Set<String> besides) {
        int before = problems.count();
        ConfigObject current = history.bringUpToDate(section, path, problems);
        Set<String> dropped = new TreeSet<>();
        Optional<Object> value = record(type, current, path, besides, Set.of(), dropped);
        if (value.isEmpty() || problems.count() > before) {
            return Optional.empty();
        }
        Config used = current.toConfig();
        for (String key : dropped) {
            used = used.withoutPath(path.isEmpty() ? key : key.substring(path.length() + 1));
        }
        return Optional.of(new Bound<>(type.cast(value.get()), used.root()));
    }

    /**
     * A record and what it was made from.
     *
     * @param settings the record
     * @param section the section, without defaults that belong to choices not taken
     */
    public record Bound<T>(T settings, ConfigObject section) {}

    private Optional<Object> record(
            Class<?> type,
            ConfigObject section,
            String path,
            Set<String> alsoAllowed,
            Set<String> elsewhere,
            Set<String> dropped) {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new LinkedHashSet<>(alsoAllowed);
        Object[] values = new Object[components.length];
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            String key = Keys.kebab(components[i].getName());
            known.add(key);
            Optional<Object> value =
                    component(components[i].getGenericType(), section, key, Keys.join(path, key), dropped);
            complete &= value.isPresent();
            values[i] = value.orElse(null);
        }
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(section).entrySet()) {
            String key = entry.getKey();
            if (known.contains(key)) {
                continue;
            }
            if (elsewhere.contains(key) && Origins.isDefault(entry.getValue().origin())) {
                dropped.add(Keys.join(path, key));
                continue;
            }
            problems.add(
                    entry.getValue().origin(),
                    Keys.join(path, key),
                    "is not a setting" + (path.isEmpty() ? "" : " of " + path) + Suggestion.tail(key, known));
        }
        return complete ? construct(type, components, values, section, path) : Optional.empty();
    }

    private Optional<Object> component(Type type, ConfigObject section, String key, String path, Set<String> dropped) {
        ConfigValue value = section.get(key);
        if (value == null || value.valueType() == ConfigValueType.NULL) {
            if (isOptional(type)) {
                return Optional.of(Optional.empty());
            }
            if (value == null && type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
                return Optional.of(Map.of()); // canonical text leaves empty sections out
            }
            ConfigOrigin origin = value == null ? section.origin() : value.origin();
            String wish = "is required (" + expected(type) + ")";
            // Where only defaults stand, nobody wrote anything to be mended.
            problems.add(
                    Origins.isDefault(origin) ? new Problem("", 0, path, wish) : Origins.problem(origin, path, wish));
            return Optional.empty();
        }
        if (isOptional(type)) {
            return value(argument(type, 0), value, path, dropped).map(Optional::of);
        }
        return value(type, value, path, dropped);
    }

    private Optional<Object> construct(
            Class<?> type, RecordComponent[] components, Object[] values, ConfigObject section, String path) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            refused(e.getCause() == null ? e : e.getCause(), section, path);
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call the constructor of " + type.getName(), e);
        }
    }

    /** The constructor's message starts with the key: {@code step-size: must lie in (0, 1] but is 3}. */
    private void refused(Throwable refusal, ConfigObject section, String path) {
        if (refusal instanceof Error error) {
            throw error;
        }
        String message = String.valueOf(refusal.getMessage());
        int colon = message.indexOf(": ");
        String key = colon < 0 ? "" : message.substring(0, colon);
        ConfigValue value = section.get(key);
        if (refusal instanceof IllegalArgumentException && value != null) {
            problems.add(value.origin(), Keys.join(path, key), message.substring(colon + 2));
        } else if (refusal instanceof IllegalArgumentException) {
            problems.add(section.origin(), path, message);
        } else {
            problems.add(section.origin(), path, "is refused: " + refusal);
        }
    }

    private Optional<Object> value(Type type, ConfigValue value, String path, Set<String> dropped) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class) {
                return list(argument(type, 0), value, path, dropped);
            }
            if (generic.getRawType() == Map.class && argument(type, 0) == String.class) {
                return map(argument(type, 1), value, path, dropped);
            }
        }
        if (type instanceof Class<?> raw) {
            if (raw.isRecord()) {
                return value instanceof ConfigObject section
                        ? record(raw, section, path, Set.of(), Set.of(), dropped)
                        : mistyped(type, value, path);
            }
            if (raw.isSealed()) {
                return value instanceof ConfigObject section
                        ? choice(raw, section, path, dropped)
                        : mistyped(type, value, path);
            }
            if (raw.isEnum()) {
                return constant(raw, value, path);
            }
            return scalar(raw, value, path);
        }
        throw new IllegalStateException(path + ": settings of type " + type + " cannot be bound");
    }

    private Optional<Object> list(Type element, ConfigValue value, String path, Set<String> dropped) {
        if (!(value instanceof ConfigList entries)) {
            return mistyped("a list", value, path);
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            value(element, entries.get(i), path + "[" + i + "]", dropped).ifPresent(bound::add);
        }
        return bound.size() == entries.size() ? Optional.of(Collections.unmodifiableList(bound)) : Optional.empty();
    }

    private Optional<Object> map(Type element, ConfigValue value, String path, Set<String> dropped) {
        if (!(value instanceof ConfigObject entries)) {
            return mistyped("a section", value, path);
        }
        Map<String, Object> bound = new TreeMap<>();
        entries.forEach((key, entry) ->
                value(element, entry, Keys.join(path, key), dropped).ifPresent(item -> bound.put(key, item)));
        return bound.size() == entries.size() ? Optional.of(Collections.unmodifiableMap(bound)) : Optional.empty();
    }

    private Optional<Object> choice(Class<?> sealed, ConfigObject section, String path, Set<String> dropped) {
        Map<String, Class<?>> choices = choices(sealed);
        String typePath = Keys.join(path, "type");
        ConfigValue type = section.get("type");
        if (type == null) {
            problems.add(section.origin(), typePath, "is required (" + oneOf(choices.keySet()) + ")");
            return Optional.empty();
        }
        Class<?> chosen = choices.get(String.valueOf(type.unwrapped()));
        if (chosen == null) {
            unknownWord(choices.keySet(), type, typePath);
            return Optional.empty();
        }
        Set<String> elsewhere = new TreeSet<>();
        for (Class<?> other : choices.values()) {
            for (RecordComponent component : other.getRecordComponents()) {
                elsewhere.add(Keys.kebab(component.getName()));
            }
        }
        return record(chosen, section, path, Set.of("type"), elsewhere, dropped);
    }

    static Map<String, Class<?>> choices(Class<?> sealed) {
        Map<String, Class<?>> choices = new TreeMap<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                choices.putAll(choices(permitted));
            } else if (permitted.isRecord()) {
                choices.put(Keys.kebab(permitted.getSimpleName()), permitted);
            } else {
                throw new IllegalStateException(permitted.getName() + " is a choice of settings and must be a record");
            }
        }
        return choices;
    }

    private Optional<Object> constant(Class<?> type, ConfigValue value, String path) {
        Map<String, Object> constants = new TreeMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(Keys.kebab(((Enum<?>) constant).name()), constant);
        }
        Object constant = constants.get(String.valueOf(value.unwrapped()));
        if (constant == null) {
            unknownWord(constants.keySet(), value, path);
            return Optional.empty();
        }
        return Optional.of(constant);
    }

    private void unknownWord(Collection<String> known, ConfigValue value, String path) {
        String hint = Nearest.hint(Suggestion.nearest(String.valueOf(value.unwrapped()), known));
        problems.add(value.origin(), path, "must be " + oneOf(known) + " but is " + found(value) + hint);
    }

    private Optional<Object> scalar(Class<?> type, ConfigValue value, String path) {
        if (type == boolean.class || type == Boolean.class) {
            return value.unwrapped() instanceof Boolean truth ? Optional.of(truth) : mistyped(type, value, path);
        }
        if (type == double.class || type == Double.class) {
            return value.unwrapped() instanceof Number number
                    ? Numbers.objection(value).isEmpty()
                            ? Optional.of(number.doubleValue())
                            : refused(value, path, Numbers.objection(value).get())
                    : mistyped(type, value, path);
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return whole(type, value, path);
        }
        if (type == String.class || type == Path.class) {
            return words(type, value, path);
        }
        if (type == Duration.class) {
            return duration(value, path);
        }
        throw new IllegalStateException(path + ": settings of type " + type.getName() + " cannot be bound");
    }

    /** A number or a truth value stands for its text, if the cell would read the same text. */
    private Optional<Object> words(Class<?> type, ConfigValue value, String path) {
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            return mistyped(type, value, path);
        }
        if (!CanonicalText.keeps(value, text.get())) {
            return refused(
                    value, path, "must be " + expected(type) + " but is " + found(value) + "; put it in \"quotes\"");
        }
        try {
            return Optional.of(type == Path.class ? Path.of(text.get()) : text.get());
        } catch (InvalidPathException e) {
            return mistyped(type, value, path);
        }
    }

    private Optional<Object> whole(Class<?> type, ConfigValue value, String path) {
        Optional<BigDecimal> number = Numbers.whole(value);
        if (number.isEmpty() && !Numbers.hasTooManyDigits(value)) {
            return mistyped(type, value, path);
        }
        boolean wide = type == long.class || type == Long.class;
        long least = wide ? Long.MIN_VALUE : Integer.MIN_VALUE;
        long most = wide ? Long.MAX_VALUE : Integer.MAX_VALUE;
        boolean fits = number.isPresent()
                && number.get().compareTo(BigDecimal.valueOf(least)) >= 0
                && number.get().compareTo(BigDecimal.valueOf(most)) <= 0;
        if (!fits) {
            return refused(
                    value, path, "must lie between " + least + " and " + most + " but is " + Numbers.text(value));
        }
        long whole = number.get().longValueExact();
        return wide ? Optional.of(whole) : Optional.of((int) whole);
    }

    private Optional<Object> refused(ConfigValue value, String path, String why) {
        problems.add(value.origin(), path, why);
        return Optional.empty();
    }

    private Optional<Object> duration(ConfigValue value, String path) {
        if (value.valueType() == ConfigValueType.STRING) {
            try {
                return Optional.of(
                        ConfigFactory.empty().withValue("duration", value).getDuration("duration"));
            } catch (ConfigException.BadValue e) {
                return mistyped(Duration.class, value, path);
            }
        }
        return mistyped(Duration.class, value, path);
    }

    /** A number or a truth value stands for the text it was written as. */
    private static Optional<String> text(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN ->
                Optional.of(ConfigFactory.empty().withValue("text", value).getString("text"));
            default -> Optional.empty();
        };
    }

    private Optional<Object> mistyped(Type expected, ConfigValue value, String path) {
        return mistyped(expected(expected), value, path);
    }

    private Optional<Object> mistyped(String expected, ConfigValue value, String path) {
        ConfigOrigin origin = value.origin();
        problems.add(origin, path, "must be " + expected + " but is " + found(value));
        return Optional.empty();
    }

    private static String found(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a section";
            case LIST -> "a list";
            case STRING ->
                "the text '" + value.unwrapped() + "'"
                        + (Numbers.hasTooManyDigits(value) ? ", as 19 digits and more are; write it as 1.5e20" : "");
            case NUMBER -> "the number " + Numbers.text(value);
            case BOOLEAN -> value.unwrapped().toString();
            case NULL -> "null";
        };
    }

    static String expected(Type type) {
        if (isOptional(type)) {
            return expected(argument(type, 0));
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? "a list" : "a section";
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return oneOf(Arrays.stream(raw.getEnumConstants())
                    .map(constant -> Keys.kebab(((Enum<?>) constant).name()))
                    .toList());
        }
        if (raw.isSealed()) {
            return "a section with the key 'type', " + oneOf(choices(raw).keySet());
        }
        return switch (raw.getSimpleName().toLowerCase(Locale.ROOT)) {
            case "int", "integer", "long" -> "a whole number";
            case "double" -> "a number";
            case "boolean" -> "true or false";
            case "string" -> "text";
            case "duration" -> "a duration with its unit, such as 30s or 5 minutes";
            case "path" -> "a path";
            default -> "a section";
        };
    }

    private static String oneOf(Collection<String> words) {
        return words.size() == 1 ? words.iterator().next() : "one of " + String.join(", ", new TreeSet<>(words));
    }

    private static boolean isOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
