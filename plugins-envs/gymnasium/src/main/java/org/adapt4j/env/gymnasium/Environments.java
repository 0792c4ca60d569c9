package org.adapt4j.env.gymnasium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.task.Task;

/**
 * Names of environments: Gymnasium's id, and what is handed to {@code gymnasium.make} beside it, as in
 * {@code CartPole-v1?sutton_barto_reward=true&render_mode=null}. Values are JSON; what is none is a text.
 */
final class Environments {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "gymnasium/";
    private static final String WRITTEN = "environment";

    private Environments() {}

    static Optional<Task> named(String name) {
        return name.startsWith(PREFIX) && !id(name.substring(PREFIX.length())).isBlank()
                ? Optional.of(task(name.substring(PREFIX.length())))
                : Optional.empty();
    }

    static Task task(String environment) {
        return new Task("gymnasium", PREFIX + environment, Map.of(WRITTEN, environment));
    }

    private static String id(String environment) {
        int end = environment.indexOf('?');
        return end < 0 ? environment : environment.substring(0, end);
    }

    /** What an environment's Python is told to make: {@code {"make": id, "arguments": {…}}}. */
    static ObjectNode order(Task task) {
        String environment = task.attribute(WRITTEN);
        ObjectNode order = JSON.createObjectNode();
        order.put("make", id(environment));
        ObjectNode arguments = order.putObject("arguments");
        int start = environment.indexOf('?');
        if (start >= 0) {
            for (String argument : environment.substring(start + 1).split("&", -1)) {
                int equals = argument.indexOf('=');
                if (equals < 1) {
                    throw new GymnasiumException("task " + task.name() + ": '" + argument
                            + "' is no argument; write name=value, and & between arguments");
                }
                String value = argument.substring(equals + 1);
                try {
                    arguments.set(argument.substring(0, equals), JSON.readTree(value));
                } catch (JsonProcessingException e) {
                    arguments.put(argument.substring(0, equals), value);
                }
            }
        }
        return order;
    }
}
