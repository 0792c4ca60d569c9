package org.adapt4j.api.settings;

import java.util.Collection;
import org.apiguardian.api.API;

/**
 * Checks for the constructors of settings records. Each message starts with the key, so that the runtime can put file
 * and line before it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Check {

    private Check() {}

    /** Demands a number above zero. */
    public static void positive(String key, double value) {
        that(value > 0, key, "must be positive but is " + text(value));
    }

    /** Demands zero or more. */
    public static void notNegative(String key, double value) {
        that(value >= 0, key, "must not be negative but is " + text(value));
    }

    /** Demands a number in (0, 1]. */
    public static void fraction(String key, double value) {
        that(value > 0 && value <= 1, key, "must lie in (0, 1] but is " + text(value));
    }

    /** Demands a number in [low, high]. */
    public static void between(String key, double value, double low, double high) {
        that(
                value >= low && value <= high,
                key,
                "must lie in [" + text(low) + ", " + text(high) + "] but is " + text(value));
    }

    /** Demands at least one entry. */
    public static void notEmpty(String key, Collection<?> values) {
        that(!values.isEmpty(), key, "needs at least one entry");
    }

    /**
     * Demands a condition.
     *
     * @param wish what the value must be and what it is, after {@code key: }
     */
    public static void that(boolean holds, String key, String wish) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": " + wish);
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
