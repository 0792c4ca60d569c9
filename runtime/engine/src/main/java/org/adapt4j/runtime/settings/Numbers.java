package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the numbers of a configuration can be, whatever digits HOCON takes. */
final class Numbers {

    /** The library takes digits that no long holds for a text. */
    private static final Pattern DIGITS = Pattern.compile("-?\\d{19,}");

    private static final Pattern NOT_ZERO = Pattern.compile("[^eE]*[1-9].*");

    private Numbers() {}

    /** Why a number would be another one, or none, once it is read; empty for all other values. */
    static Optional<String> objection(ConfigValue value) {
        if (value.valueType() != ConfigValueType.NUMBER) {
            return Optional.empty();
        }
        double number = ((Number) value.unwrapped()).doubleValue();
        if (Double.isInfinite(number)) {
            return Optional.of("must be a finite number but is " + text(value) + "; the largest is about 1.8e308");
        }
        if (number == 0 && NOT_ZERO.matcher(text(value)).matches()) {
            return Optional.of("is so small that it would be read as 0: " + text(value) + "; the smallest is 4.9e-324");
        }
        return Optional.empty();
    }

    /** A whole number, if it is one, exactly. */
    static Optional<BigDecimal> whole(ConfigValue value) {
        if (value.valueType() != ConfigValueType.NUMBER || objection(value).isPresent()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text(value));
        return number.stripTrailingZeros().scale() <= 0 ? Optional.of(number) : Optional.empty();
    }

    /** Whether digits were taken for a text because there are too many. */
    static boolean hasTooManyDigits(ConfigValue value) {
        return value.unwrapped() instanceof String text && DIGITS.matcher(text).matches();
    }

    /** A number as it was written. */
    static String text(ConfigValue value) {
        return ConfigFactory.empty().withValue("text", value).getString("text");
    }
}
