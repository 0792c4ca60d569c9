package org.adapt4j.api.algorithm;

import org.apiguardian.api.API;

/** Something that an update computed is infinite or no number. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NotFiniteException extends ArithmeticException {

    private static final long serialVersionUID = 1;

    private final String quantity;
    private final double value;

    /**
     * Names it.
     *
     * @param quantity such as {@code gradient-norm} or {@code policy/mean/weight}
     * @param value what it is
     */
    public NotFiniteException(String quantity, double value) {
        super(quantity + " is " + value);
        this.quantity = quantity;
        this.value = value;
    }

    /** What is not finite. */
    public String quantity() {
        return quantity;
    }

    /** What it is. */
    public double value() {
        return value;
    }
}
