package org.adapt4j.data.minari;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;

/**
 * Which data set a task has.
 *
 * @param pattern with {@code {benchmark}} and {@code {task}}
 * @param exceptions ids by the name of a task
 */
record Names(String pattern, Map<String, String> exceptions) {

    /** Minari reads ids without a version, but fails to write them. */
    private static final Pattern ID = Pattern.compile("([\\w-]+/)*[\\w-]+-v\\d+");

    /** Checks that the pattern tells tasks apart, and that all ids are Minari's. */
    Names {
        exceptions = Map.copyOf(exceptions);
        Check.that(
                pattern.contains("{task}"),
                "id",
                "must hold {task}, or all tasks would be one, but is '" + pattern + "'");
        String example = pattern.replace("{task}", "task").replace("{benchmark}", "benchmark");
        Check.that(ID.matcher(example).matches(), "id", "must be " + rule() + ", but is '" + pattern + "'");
        exceptions.forEach((task, id) -> Check.that(
                ID.matcher(id).matches(), "data-sets", "must hold ids that are " + rule() + ", but has '" + id + "'"));
    }

    private static String rule() {
        return "words of letters, digits, '-' and '_' between slashes, with a version at the end, such as"
                + " mujoco/hopper/expert-v0";
    }

    /** The id of a task's data set. */
    String id(Task task) {
        String exception = exceptions.get(task.name());
        return exception != null
                ? exception
                : pattern.replace("{benchmark}", word(task.benchmark())).replace("{task}", word(task.name()));
    }

    private static String word(String name) {
        return name.replaceAll("[^\\w/]", "_");
    }

    /** The folder with a data set's files. */
    static Path data(Path root, String id) {
        return root.resolve(id).resolve("data");
    }
}
