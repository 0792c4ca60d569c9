package org.adapt4j.api.algorithm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Where tensors live.
 *
 * @param kind processor or accelerator
 * @param index which one; 0 for the processor
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Device(Kind kind, int index) {

    /** The processor. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final Pattern ACCELERATOR = Pattern.compile("gpu(?::(\\d{1,4}))?");

    /**
     * Reads {@code cpu}, {@code gpu} or {@code gpu:N}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Device parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        Matcher accelerator = ACCELERATOR.matcher(text);
        if (!accelerator.matches()) {
            throw new IllegalArgumentException(
                    "must be cpu, gpu or gpu:N with the number of the accelerator, but is '" + text + "'");
        }
        return new Device(Kind.GPU, accelerator.group(1) == null ? 0 : Integer.parseInt(accelerator.group(1)));
    }

    /** Whether {@link #parse} can read this. */
    public static boolean isOne(String text) {
        return text.equals("cpu") || ACCELERATOR.matcher(text).matches();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "gpu:" + index;
    }

    /** Kind of device. */
    public enum Kind {
        /** The processor. */
        CPU,
        /** A CUDA device. */
        GPU
    }
}
