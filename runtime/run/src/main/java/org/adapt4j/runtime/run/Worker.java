package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Who runs cells: one process of one machine.
 *
 * @param name for people; by default the machine's name and the process's number
 * @param pid number of the process, where it runs
 * @param started when the process was started, in milliseconds by its machine's clock; tells it from a later one under the same number
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
        ProcessHandle own = ProcessHandle.current();
        return new Worker(name, own.pid(), started(own), here());
    }

    /** Whether it runs where its process can be looked for. */
    boolean isNear() {
        return place.equals(here());
    }

    /** Whether its process lives; only for one that is near. */
    boolean lives() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process) == started)
                .isPresent();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
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
