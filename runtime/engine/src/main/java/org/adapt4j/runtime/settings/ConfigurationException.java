package org.adapt4j.runtime.settings;

import java.util.List;
import java.util.function.Function;

/** Everything that is wrong with a configuration, at once. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 50;

    private final transient List<Problem> problems;

    /**
     * Joins problems.
     *
     * @param problems at least one, in the order in which they are shown
     */
    public ConfigurationException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, by file and line. */
    public List<Problem> problems() {
        return problems;
    }

    /** The message with columns behind the lines, as editors take it. */
    public String withColumns() {
        return text(problems, Problem::withColumn);
    }

    private static String text(List<Problem> problems) {
        return text(problems, Problem::toString);
    }

    private static String text(List<Problem> problems, Function<Problem, String> told) {
        StringBuilder text = new StringBuilder()
                .append(problems.size())
                .append(problems.size() == 1 ? " problem" : " problems")
                .append(" in the configuration");
        for (Problem problem : problems.subList(0, Math.min(SHOWN, problems.size()))) {
            text.append("\n  ").append(told.apply(problem));
        }
        if (problems.size() > SHOWN) {
            text.append("\n  and ").append(problems.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
