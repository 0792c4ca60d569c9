package org.adapt4j.runtime.plugins;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.toolkit.run.Causes;

/** Tells people of a class that was compiled for a later Java than this one. */
public final class ClassVersions {
    /** Class files of Java 1.1 have the version 45. */
    private static final int BEFORE_JAVA_1 = 44;

    private static final Pattern OTHER = Pattern.compile("class file version (\\d+)");

    private ClassVersions() {}

    /** What is wrong and what to do, to go on after "it"; empty if a failure has another reason. */
    public static Optional<String> explain(Throwable failure) {
        for (Throwable cause : Causes.of(failure)) {
            Matcher version = OTHER.matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof UnsupportedClassVersionError && version.find()) {
                return Optional.of("is built for Java " + (Integer.parseInt(version.group(1)) - BEFORE_JAVA_1)
                        + ", and this is Java " + Runtime.version().feature()
                        + ": compile it with release 17 (<maven.compiler.release>17</maven.compiler.release>)");
            }
        }
        return Optional.empty();
    }
}
