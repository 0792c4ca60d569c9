package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who runs cells: one process of one machine.
 *
 * @param name for people; by default the machine's name and the process's number
 * @param pid number of the process, where it runs
 * @param started when the process was started, in ticks since the boot; tells it from a later one under the same number
 * @param place the boot of the machine and the name space of process numbers: where two agree, they see each other's processes
 */
public record Worker(String name, long pid, long started, String place) {
    private static final Path NAME_SPACE = Path.of("/proc/self/ns/pid");
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    /** This process. */
    public static Worker ofThisProcess() {
        return ofThisProcess(host() + ":" + ProcessHandle.current().pid());
    }

    /** This process under a name. */
    public static Worker ofThisProcess(String name) {
        long own = ProcessHandle.current().pid();
        return new Worker(name, own, Machine.startOf(own).orElse(0), here());
    }

    /** Whether it runs where its process can be looked for. */
    boolean isNear() {
        return place.equals(here());
    }

    /** Whether its process lives; only for one that is near. */
    boolean lives() {
        return Machine.lives(pid, started);
    }

    private static String here() {
        try {
            return Machine.bootId() + " " + Files.readSymbolicLink(NAME_SPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return Machine.bootId();
        }
    }

    private static String host() {
        try {
            return Files.readString(HOST).strip();
        } catch (IOException e) {
            return "worker";
        }
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("worker", name)
                .put("pid", pid)
                .put("started", started)
                .put("place", place);
    }

    static Worker fromJson(JsonNode json) {
        return new Worker(
                json.path("worker").asText("unknown"),
                json.path("pid").asLong(),
                json.path("started").asLong(),
                json.path("place").asText());
    }
}
