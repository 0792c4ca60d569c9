package org.adapt4j.env.imujoco;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;

/** Makes bodies. Models are compiled at the first episode that needs them, shared, and freed with the environment. */
final class BodySlots implements SlotFactory {

    private final ImujocoBenchmark.Settings settings;
    private final Function<Task, Model> compiler;
    private final Map<String, Model> models = new HashMap<>();

    BodySlots(ImujocoBenchmark.Settings settings, Function<Task, Model> compiler) {
        this.settings = settings;
        this.compiler = compiler;
    }

    @Override
    public Slot create(int index, RandomGenerator random) {
        return new BodySlot(settings, this::model, random);
    }

    /** The model of a task; called by several threads. */
    private Model model(Task task) {
        synchronized (models) {
            return models.computeIfAbsent(task.name(), name -> compiler.apply(task));
        }
    }

    @Override
    public void close() {
        models.values().forEach(Model::close);
    }
}
