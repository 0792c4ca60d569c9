package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Runs cells on this machine: {@code run.executor = local}. */
public final class LocalExecutor implements CellExecutor<LocalExecutor.Settings> {
    /** Its name, which is what experiments get that say nothing. */
    public static final String NAME = "local";

    /** Has an entry for each accelerator, where the driver of NVIDIA runs. */
    private static final Path DEVICES = Path.of("/proc/driver/nvidia/gpus");

    /**
     * What of this machine is given to cells, in the section {@code run} itself.
     *
     * @param slots cells at once; 0 for as many as there are cores for their threads
     * @param gpus numbers of the accelerators that cells with {@code device = gpu} share, each seeing one only; empty to leave it to them
     * @param cellsPerGpu cells at once on each
     */
    public record Settings(int slots, List<Integer> gpus, int cellsPerGpu) {
        /** Checks the numbers. */
        public Settings {
            demand(slots >= 0, "slots", "must not be negative but is " + slots);
            demand(
                    gpus.stream().allMatch(gpu -> gpu >= 0)
                            && gpus.stream().distinct().count() == gpus.size(),
                    "gpus",
                    "must hold different numbers from 0 on but holds " + gpus);
            demand(cellsPerGpu >= 1, "cells-per-gpu", "must be positive but is " + cellsPerGpu);
            gpus = List.copyOf(gpus);
        }

        private static void demand(boolean right, String key, String wish) {
            if (!right) {
                throw new IllegalArgumentException(key + ": " + wish);
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public CellLauncher open(RunFolder run, Settings settings, CellProcess processes) {
        demandDevices(settings.gpus(), DEVICES);
        // Thousands of cells are asked only where the answer matters.
        boolean accelerated = !settings.gpus().isEmpty()
                && run.plan().cells().stream()
                        .filter(cell -> cell.notApplicable().isEmpty())
                        .anyMatch(cell ->
                                processes.command(run.cell(cell)).given().accelerated());
        return new Cells(processes, settings, accelerated);
    }

    /** @throws ExecutorException if accelerators are named that the driver does not know */
    static void demandDevices(List<Integer> gpus, Path devices) {
        try (Stream<Path> found = Files.list(devices)) {
            long count = found.count();
            gpus.stream().filter(gpu -> gpu >= count).findFirst().ifPresent(gpu -> {
                throw new ExecutorException("run.gpus: there is no accelerator " + gpu + " on this machine; it has "
                        + count + ", numbered from 0");
            });
        } catch (NoSuchFileException e) {
            return; // no driver that tells: the cells will
        } catch (IOException e) {
            throw StorageException.of(devices, e);
        }
    }

    private record OnDevice(CellLauncher.Running cell, CompletableFuture<Integer> exit)
            implements CellLauncher.Running {
        @Override
        public long pid() {
            return cell.pid();
        }

        @Override
        public void askToStop() {
            cell.askToStop();
        }

        @Override
        public void kill() {
            cell.kill();
        }
    }

    /** Cells of a run that share what there is. */
    private static final class Cells implements CellLauncher {
        private final CellProcess processes;
        private final Settings settings;
        /** For each cell that may run at once on an accelerator, its number; empty if nobody shares any. */
        private final List<Integer> free = new ArrayList<>();

        private final OptionalInt most;

        private Cells(CellProcess processes, Settings settings, boolean accelerated) {
            this.processes = processes;
            this.settings = settings;
            for (int i = 0; i < settings.cellsPerGpu(); i++) {
                free.addAll(settings.gpus());
            }
            most = accelerated && !free.isEmpty() ? OptionalInt.of(free.size()) : OptionalInt.empty();
        }

        @Override
        public OptionalInt capacity() {
            return settings.slots() > 0 ? OptionalInt.of(settings.slots()) : OptionalInt.empty();
        }

        @Override
        public OptionalInt most() {
            return most;
        }

        @Override
        public Running start(CellFolder folder) {
            if (settings.gpus().isEmpty() || !processes.command(folder).given().accelerated()) {
                return processes.start(folder);
            }
            int gpu = take();
            Running cell = processes.start(folder, List.of(Integer.toString(gpu)));
            // Who hears of its end finds the accelerator free.
            return new OnDevice(cell, cell.exit().whenComplete((exit, problem) -> giveBack(gpu)));
        }

        private synchronized int take() {
            if (free.isEmpty()) {
                throw new IllegalStateException("more cells than accelerators");
            }
            return free.remove(0);
        }

        private synchronized void giveBack(int gpu) {
            free.add(gpu);
        }
    }
}
