package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DiskSpace;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Scheduler;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.run.Worker;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Works on a run together with others, on this machine or on others that see its folder. */
@Command(
        name = "work",
        description = {
            "Run cells of a run together with other workers, on any number of machines that see its folder.",
            "Each cell is one worker's at a time; what a dead worker leaves, another takes up."
        })
final class WorkVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run, as submit made it.")
    private Path run = Path.of("");

    @Option(
            names = "--slots",
            paramLabel = "N",
            description =
                    "How many cells this worker runs at once; by default as many as there are cores for their threads.")
    private int slots;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of this worker in status and messages.")
    private @Nullable String name;

    @Option(names = "--retry-failed", description = "Run cells again that failed by an exception.")
    private boolean retryFailed;

    @Mixin
    private PluginOption plugins = new PluginOption();

    WorkVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunFolder folder = RunFolder.open(run.toAbsolutePath().normalize());
        Workbench workbench = plugins.workbench();
        workbench.adopt(folder.plan());
        CodeLog.of(folder.path()).demandSame(plugins.folder());
        NativeLibraries.ofThisProcess().readyForTensors();
        if (!ClassData.provide(folder, workbench)) {
            return Exit.INTERRUPTED;
        }
        Map<String, Long> steps = CellsOption.steps(folder.plan(), workbench);
        CellProcess processes = CellProgram.process(cell -> workbench.resources(cell.resolved()), plugins.folder());
        int several = CellsOption.slots(workbench, folder.plan(), slots);
        Worker worker = name == null ? Worker.ofThisProcess() : Worker.ofThisProcess(name);
        console.err().println("worker " + worker.name() + " on " + folder.path());
        try {
            List<CellStatus> all = CellsOption.run(
                    console,
                    folder,
                    workbench,
                    steps,
                    progress -> Scheduler.shared(
                            folder,
                            processes,
                            () -> several,
                            cell -> steps.getOrDefault(cell.id(), 0L),
                            DiskSpace.ofThisMachine(),
                            progress,
                            worker),
                    retryFailed);
            console.err().println(Summary.line(all));
            int exit = Summary.exit(all);
            if (exit != Exit.INTERRUPTED) {
                console.err().println("Write its page with: adapt4j report " + folder.path());
            }
            return exit;
        } catch (StorageException e) {
            if (!e.isResumable()) {
                throw e;
            }
            console.err().println(e.getMessage());
            return Exit.INTERRUPTED;
        }
    }
}
