package org.adapt4j.runtime.cli;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.DurableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes what an environment does, a line per step, for comparison with other implementations. */
@Command(name = "trace", description = "Play one slot and write a line of JSON per step.")
final class TraceVerb implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PlayOption play = new PlayOption();

    TraceVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Playback playback = play.open()) {
            Actions actions = play.actions(playback);
            int steps = play.steps(actions);
            int[] lines = {1};
            DurableFiles.write(play.out(), out -> {
                BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                lines[0] += playback.play(actions, steps, step -> {
                    writer.write(playback.line(step).toString());
                    writer.newLine();
                });
                writer.flush();
            });
            console.err().println(play.out() + ": " + lines[0] + " lines");
        }
        return Exit.OK;
    }
}
