package org.adapt4j.runtime.run;

/**
 * A way to get cells computed, on this machine or by an engine for many, which experiments choose by {@code run.executor = NAME}.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader}, on the class path or among the jars of a folder of their own, and have a
 * public constructor without parameters. Whatever starts a cell starts the same process in a folder that ends up with the same files, so an
 * executor changes no result, belongs to no plan, and may be another when a run is resumed.
 *
 * @param <S> its settings: the section {@code run.NAME} of an experiment, over the file {@code NAME.conf} beside its class
 */
public interface CellExecutor<S extends Record> {
    /** Its name in experiments. */
    String name();

    /** Type of its settings. The constructor refuses what cannot be, as those of plug-ins do. */
    Class<S> settings();

    /**
     * Gets ready to compute the cells of a run.
     *
     * @param run whose cells
     * @param processes how the process of a cell is started on this machine
     * @throws ExecutorException if what it needs is not there
     */
    CellLauncher open(RunFolder run, S settings, CellProcess processes);
}
